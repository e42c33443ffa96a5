package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From bags to hidden vectors. Without an intermediate layer the hidden vector is the bag itself, linear in the input:
 * hidden vectors must be centred, and a ReLU right after the bag makes all examples look alike. With one, it is
 * relu(W normalise(bag) + b). Dropout acts on the bag, below the intermediate layer (SPARTEX 2.1).
 */
public final class Body {

    private final int dimension;
    private final @Nullable DenseLayer intermediate;

    Body(int dimension, int intermediateUnits) {
        this.dimension = dimension;
        this.intermediate = intermediateUnits == 0 ? null : new DenseLayer(intermediateUnits, dimension);
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
        if (intermediate == null) {
            return List.of();
        }
        List<Long> units = List.of((long) intermediate.outputs());
        List<Long> shape = List.of((long) intermediate.outputs(), (long) dimension);
        return List.of(
                new Tensor.Floats("body.intermediate.weights", shape, List.of(intermediate.weights())),
                new Tensor.Floats("body.intermediate.bias", units, List.of(intermediate.bias())));
    }

    /** Scratch of one forward pass; what the backward pass needs of it stays until the next. */
    public final class Pass {

        /** What the body reads: bags after dropout. */
        private final Panel encoded;

        private final Panel bags;
        private final Panel hidden;
        private final Normalisation normalisation;
        private final Dropout dropout;

        /**
         * @param maxBatch most examples in a pass
         * @param dropoutRate 0 at prediction
         */
        public Pass(int maxBatch, float dropoutRate, long seed) {
            encoded = Panel.of(dimension * maxBatch);
            bags = intermediate == null ? encoded : Panel.of(dimension * maxBatch);
            hidden = intermediate == null ? encoded : Panel.of(hidden() * maxBatch);
            normalisation = new Normalisation(dimension, maxBatch);
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
                normalisation.forward(bags, batch);
                intermediate.forward(bags, batch, hidden, workers);
                for (int i = 0; i < hidden() * batch; i++) {
                    int at = hidden.at(i);
                    hidden.values()[at] = Math.max(0, hidden.values()[at]);
                }
            }
            return hidden;
        }

        /** The gradient below the intermediate layer; {@code dHidden} is changed. */
        private void backward(
                Panel dHidden, int batch, DenseLayer.Training training, Panel dBags, StepSize step, Workers workers) {
            for (int i = 0; i < hidden() * batch; i++) {
                if (hidden.values()[hidden.at(i)] <= 0) {
                    dHidden.values()[dHidden.at(i)] = 0;
                }
            }
            training.backward(bags, batch, dHidden, dBags, step, workers);
            normalisation.backward(bags, batch, dBags);
        }
    }

    /** One run of training: a pass with dropout, optimiser state, and the way back. */
    public final class Training {

        private final Pass pass;
        private final Panel dBags;
        private final DenseLayer.@Nullable Training layer;

        public Training(OptimizerConfig optimizer, int maxBatch, float dropoutRate, long seed, int threads) {
            pass = new Pass(maxBatch, dropoutRate, seed);
            dBags = intermediate == null ? new Panel(new float[0], 0) : Panel.of(dimension * maxBatch);
            layer = intermediate == null ? null : intermediate.new Training(optimizer, maxBatch, threads);
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
         */
        public void toBags(Panel dEncoded, int batch, Panel dRows) {
            pass.dropout.backward(dEncoded, dimension * batch);
            Transpose.apply(dEncoded, dimension, batch, dRows);
        }
    }
}
