package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.List;

/**
 * What stands between input table and output layer: it gets an array of bags, returns an array of hidden vectors, and
 * takes back a gradient. {@link BodyConfig#newBody} makes the bodies of this library; any other may take their place in
 * a model.
 */
public interface Body {

    /** Length of a bag. */
    int dimension();

    /** Length of the hidden vector. */
    int hidden();

    /** Draws the first values, the same for the same seed. */
    void initialise(long seed);

    /** All learned numbers under their names in the model file; the live arrays. */
    List<Tensor> tensors();

    /**
     * Takes over what has been read into the tensors.
     *
     * @throws IllegalArgumentException when that is no body of this shape
     */
    void check();

    /**
     * The body as it is for one bag, for explanations.
     *
     * @param bag double[dimension], not changed
     * @throws UnsupportedOperationException for a body that cannot be taken apart
     */
    default LocalBody local(double[] bag) {
        throw new UnsupportedOperationException(
                "a body of class " + getClass().getName() + " cannot be explained: it does not implement Body.local");
    }

    /** Scratch for passes over at most {@code maxBatch} examples; used by one caller at a time. */
    Pass pass(int maxBatch);

    /**
     * One run of training: optimiser state and scratch.
     *
     * @param optimizer of what the body learns
     * @param rewire how connections move, where the body has some that do
     */
    Training training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers);

    /**
     * What is fixed for a run of training.
     *
     * @param maxBatch most examples in a step
     * @param dropoutRate share of the bags' values set to zero
     * @param seed of everything random
     * @param steps length of the run
     * @param frozen whether the body stays as it is, so that there is no backward pass
     */
    record Plan(int maxBatch, float dropoutRate, long seed, long steps, boolean frozen) {}

    /** Forward passes of prediction. */
    @FunctionalInterface
    interface Pass {

        /**
         * @param rows [batch][dimension], the bags
         * @return [hidden][batch], valid until the next pass
         */
        Panel forward(Panel rows, int batch, Workers workers);
    }

    /** One run of training. A step is {@link #forward}, then unless the body is frozen {@link #backward} and
     * {@link #toBags}. */
    interface Training extends Stateful {

        /**
         * As {@link Pass#forward}, with dropout.
         *
         * @param step number of the step
         */
        Panel forward(Panel rows, int batch, long step, Workers workers);

        /** What the latest forward pass made of the bags, for other readers than the body: [dimension][batch]. */
        Panel encoded();

        /**
         * Updates the body and returns the gradient of {@link #encoded}.
         *
         * @param dHidden [hidden][batch], changed
         * @return [dimension][batch], to which gradients from other readers may be added; it may be {@code dHidden}
         * @throws IllegalStateException when the body is frozen
         */
        Panel backward(Panel dHidden, int batch, StepSize step, Workers workers);

        /**
         * The gradient of the bags.
         *
         * @param dEncoded [dimension][batch], changed
         * @param dRows [batch][dimension], written
         */
        void toBags(Panel dEncoded, int batch, Panel dRows);

        /** Number of connections of the body that moved after the latest step. */
        long moved();
    }
}
