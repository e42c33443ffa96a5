package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From bags to hidden vectors. Without an intermediate layer the hidden vector is the bag itself, linear in the input:
 * hidden vectors must be centred, and a ReLU right after the bag makes all examples look alike. With one, it is
 * activation(W normalise(bag) + b), W dense or with a fixed number of connections a unit. Dropout acts on
 * the bag, below the intermediate layer (SPARTEX 2.1).
 *
 * <p>Memory of a pass over batches of B: 4 B (dimension + units) bytes for bags and hidden vectors, which are changed in
 * place from sum to activation; training adds the same for their gradients, the caller's among them, and
 * 4 B dimension for each shard of the layer, at most 16. At 100,000 units and B = 64 the hidden vectors are 26 MB.
 */
public final class Body {

    private final int dimension;
    private final BodyConfig config;
    private final @Nullable Layer intermediate;

    Body(int dimension, BodyConfig config) {
        this.dimension = dimension;
        this.config = config;
        this.intermediate = config.intermediate() == 0 ? null : config.newLayer(dimension);
    }

    /** Length of a bag. */
    public int dimension() {
        return dimension;
    }

    /** Length of the hidden vector. */
    public int hidden() {
        return intermediate == null ? dimension : intermediate.outputs();
    }

    /** Draws the first values. */
    public void initialise(long seed) {
        if (intermediate != null) {
            intermediate.initialise(seed);
        }
    }

    /** All learned numbers under their names in the model file; the live arrays. */
    public List<Tensor> tensors() {
        return intermediate == null ? List.of() : intermediate.tensors("body.intermediate");
    }

    /**
     * Takes over what has been read into the tensors.
     *
     * @throws IllegalArgumentException when that is no body of this shape
     */
    public void check() {
        if (intermediate != null) {
            intermediate.check();
        }
    }

    /**
     * What is fixed for a run of training.
     *
     * @param maxBatch most examples in a step
     * @param dropoutRate share of hidden values set to zero
     * @param seed of everything random
     * @param steps length of the run
     * @param frozen whether the body stays as it is, so that there is no backward pass
     */
    public record Plan(int maxBatch, float dropoutRate, long seed, long steps, boolean frozen) {}

    /** Scratch of one forward pass; what the backward pass needs of it stays until the next. */
    public final class Pass {

        /** What the body reads: bags after dropout. */
        private final Panel encoded;

        private final Panel bags;
        private final Panel hidden;
        private final @Nullable LayerNormalisation normalisation;
        private final Dropout dropout;

        /**
         * @param maxBatch most examples in a pass
         * @param dropoutRate 0 at prediction
         */
        public Pass(int maxBatch, float dropoutRate, long seed) {
            encoded = Panel.of(dimension * maxBatch);
            bags = intermediate == null ? encoded : Panel.of(dimension * maxBatch);
            hidden = intermediate == null ? encoded : Panel.of(hidden() * maxBatch);
            normalisation = intermediate != null && config.normalisation() == BodyConfig.Normalisation.LAYER
                    ? new LayerNormalisation(dimension, maxBatch)
                    : null;
            dropout = new Dropout(dropoutRate, seed, dimension * maxBatch);
        }

        /**
         * @param rows [batch][dimension], the bags
         * @return [hidden][batch]
         */
        public Panel forward(Panel rows, int batch, long step, Workers workers) {
            Transpose.apply(rows, batch, dimension, encoded);
            dropout.forward(encoded, dimension * batch, step);
            if (intermediate != null) {
                System.arraycopy(encoded.values(), encoded.offset(), bags.values(), bags.offset(), dimension * batch);
                if (normalisation != null) {
                    normalisation.forward(bags, batch);
                }
                intermediate.forward(bags, batch, hidden, workers);
                config.activation().forward(hidden, hidden() * batch, workers);
            }
            return hidden;
        }

        /** The gradient below the intermediate layer; {@code dHidden} is changed. */
        private void backward(
                Panel dHidden, int batch, Layer.Training training, Panel dBags, StepSize step, Workers workers) {
            config.activation().backward(hidden, dHidden, hidden() * batch, workers);
            training.backward(bags, batch, dHidden, dBags, step, workers);
            if (normalisation != null) {
                normalisation.backward(bags, batch, dBags);
            }
        }
    }

    /** One run of training: a pass with dropout, optimiser state, and the way back. */
    public final class Training {

        private final Pass pass;
        private final Panel dBags;
        private final Layer.@Nullable Training layer;
        private final boolean frozen;

        /**
         * @param optimizer of the intermediate layer
         * @param rewire how its connections move, where the settings say that they do
         */
        public Training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
            frozen = plan.frozen();
            pass = new Pass(plan.maxBatch(), plan.dropoutRate(), plan.seed());
            if (intermediate == null || frozen) {
                dBags = new Panel(new float[0], 0);
                layer = null;
            } else {
                dBags = Panel.of(dimension * plan.maxBatch());
                Optional<RewireConfig> moving = config.rewireIntermediate() ? Optional.of(rewire) : Optional.empty();
                layer = intermediate.training(plan, optimizer, moving, workers.threads());
            }
        }

        /** As {@link Pass#forward}, with dropout. */
        public Panel forward(Panel rows, int batch, long step, Workers workers) {
            return pass.forward(rows, batch, step, workers);
        }

        /** What the latest forward pass made of the bags before the intermediate layer: [dimension][batch]. */
        public Panel encoded() {
            return pass.encoded;
        }

        /**
         * Updates the intermediate layer and returns the gradient of {@link #encoded}.
         *
         * @param dHidden [hidden][batch], changed
         * @return [dimension][batch], to which gradients from other readers may be added; {@code dHidden} itself when
         *     there is no intermediate layer
         */
        public Panel backward(Panel dHidden, int batch, StepSize step, Workers workers) {
            if (layer == null) {
                return dHidden;
            }
            pass.backward(dHidden, batch, layer, dBags, step, workers);
            return dBags;
        }

        /**
         * The gradient of the bags.
         *
         * @param dEncoded [dimension][batch], changed
         * @param dRows [batch][dimension], written
         * @throws IllegalStateException when the body is frozen
         */
        public void toBags(Panel dEncoded, int batch, Panel dRows) {
            pass.dropout.backward(dEncoded, dimension * batch);
            Transpose.apply(dEncoded, dimension, batch, dRows);
        }

        /** Number of connections of the intermediate layer that moved after the latest step. */
        public long moved() {
            return layer == null ? 0 : layer.moved();
        }
    }
}
