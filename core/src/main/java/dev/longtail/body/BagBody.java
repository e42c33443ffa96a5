package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.StateCarrier;
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
 * <p>Memory of a pass over batches of B: 4 B (2 dimension + units) bytes for bags, what the intermediate layer reads of
 * them, and hidden vectors, which are changed in place from sum to activation; without that layer 4 B dimension.
 * Training adds 4 B (dimension + units) for their gradients, the caller's among them, and 4 B dimension for each shard
 * of the layer, at most 16. At 100,000 units and B = 64 the hidden vectors are 26 MB.
 */
final class BagBody implements Body {

    private final int dimension;
    private final BodyConfig config;
    private final @Nullable Layer intermediate;

    BagBody(int dimension, BodyConfig config) {
        this.dimension = dimension;
        this.config = config;
        this.intermediate = config.intermediate() == 0 ? null : config.newLayer(dimension);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int hidden() {
        return intermediate == null ? dimension : intermediate.outputs();
    }

    @Override
    public void initialise(long seed) {
        if (intermediate != null) {
            intermediate.initialise(seed);
        }
    }

    @Override
    public List<Tensor> tensors() {
        return intermediate == null ? List.of() : intermediate.tensors("body.intermediate");
    }

    @Override
    public void check() {
        if (intermediate != null) {
            intermediate.check();
        }
    }

    @Override
    public LocalBody local(double[] bag) {
        return intermediate == null
                ? LocalBody.SAME
                : new LocalLayer(intermediate, config.activation(), isNormalised(), bag);
    }

    private boolean isNormalised() {
        return config.normalisation() == BodyConfig.Normalisation.LAYER;
    }

    @Override
    public Body.Pass pass(int maxBatch) {
        Pass pass = new Pass(maxBatch, 0, 0);
        return (rows, batch, workers) -> pass.forward(rows, batch, 0, workers);
    }

    @Override
    public Body.Training training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        return new Training(plan, optimizer, rewire, workers);
    }

    /** Scratch of one forward pass; what the backward pass needs of it stays until the next. */
    private final class Pass {

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
        Pass(int maxBatch, float dropoutRate, long seed) {
            encoded = Panel.of(dimension * maxBatch);
            bags = intermediate == null ? encoded : Panel.of(dimension * maxBatch);
            hidden = intermediate == null ? encoded : Panel.of(hidden() * maxBatch);
            normalisation = intermediate != null && isNormalised() ? new LayerNormalisation(dimension, maxBatch) : null;
            dropout = new Dropout(dropoutRate, seed, dimension * maxBatch);
        }

        /**
         * @param rows [batch][dimension], the bags
         * @return [hidden][batch]
         */
        Panel forward(Panel rows, int batch, long step, Workers workers) {
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

    /** A pass with dropout, optimiser state, and the way back. */
    private final class Training implements Body.Training {

        private final Pass pass;
        private final Panel dBags;
        private final Layer.@Nullable Training layer;
        private final boolean frozen;

        Training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
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

        @Override
        public Panel forward(Panel rows, int batch, long step, Workers workers) {
            return pass.forward(rows, batch, step, workers);
        }

        @Override
        public Panel encoded() {
            return pass.encoded;
        }

        @Override
        public Panel backward(Panel dHidden, int batch, StepSize step, Workers workers) {
            if (frozen) {
                throw new IllegalStateException("a frozen body has no backward pass");
            }
            if (layer == null) {
                return dHidden;
            }
            pass.backward(dHidden, batch, layer, dBags, step, workers);
            return dBags;
        }

        @Override
        public void toBags(Panel dEncoded, int batch, Panel dRows) {
            pass.dropout.backward(dEncoded, dimension * batch);
            Transpose.apply(dEncoded, dimension, batch, dRows);
        }

        @Override
        public void carry(String name, StateCarrier state) {
            if (layer != null) {
                layer.carry(name, state);
            }
        }

        @Override
        public long moved() {
            return layer == null ? 0 : layer.moved();
        }
    }
}
