package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.List;
import java.util.Optional;

/** A linear layer of the body, z = W x + b, for batches in the layout [unit][batch]. */
sealed interface Layer permits DenseLayer, FanInLayer {

    int outputs();

    int inputs();

    /** Draws the first values. */
    void initialise(long seed);

    /**
     * z = W x + b.
     *
     * @param x [inputs][batch]
     * @param z [outputs][batch], written
     */
    void forward(Panel x, int batch, Panel z, Workers workers);

    /** Takes what a layer is made of. */
    interface Visitor {

        /** A unit that is in use; others are 0 whatever the inputs are. */
        void unit(int unit, float bias);

        void connection(int unit, int input, float weight);
    }

    /** Shows all units and connections, each once. */
    void visit(Visitor visitor);

    /** All learned numbers, their names beginning with {@code name}; the live arrays. */
    List<Tensor> tensors(String name);

    /**
     * Takes over what has been read into the tensors.
     *
     * @throws IllegalArgumentException when that is no layer of this shape
     */
    void check();

    /**
     * What training adds to the layer: optimiser state and scratch.
     *
     * @param rewire how connections move; absent when they stay
     */
    Training training(Body.Plan plan, OptimizerConfig optimizer, Optional<RewireConfig> rewire, int threads);

    /** One run of training of a layer. */
    interface Training extends Stateful {

        /**
         * dx = W' dz with the weights before the update, then the update of W and b. Units whose gradient is zero for
         * the whole batch are left alone.
         *
         * @param x [inputs][batch] as in the forward pass
         * @param dz [outputs][batch]
         * @param dx [inputs][batch], written
         */
        void backward(Panel x, int batch, Panel dz, Panel dx, StepSize step, Workers workers);

        /** Number of connections that moved after the latest step. */
        default long moved() {
            return 0;
        }
    }
}
