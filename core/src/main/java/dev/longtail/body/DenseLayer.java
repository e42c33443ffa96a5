package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.UnitVectors;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A fully connected linear layer, y = W x + b, for batches in the layout [unit][batch]. */
public final class DenseLayer implements Layer {

    private final int outputs;
    private final int inputs;
    private final float[] weights;
    private final float[] bias;
    private final Shards shards;
    /** Where each unit's weights begin. */
    private final int[] rowOffsets;

    /** A layer of zeros. */
    public DenseLayer(int outputs, int inputs) {
        this.outputs = outputs;
        this.inputs = inputs;
        weights = new float[Math.multiplyExact(outputs, inputs)];
        bias = new float[outputs];
        shards = Shards.of(outputs, Math.max(inputs, 256));
        rowOffsets = new int[outputs];
        Arrays.setAll(rowOffsets, unit -> unit * inputs);
    }

    /** Weights uniform in +-sqrt(3 / inputs) (variance 1 / inputs), biases zero. */
    @Override
    public void initialise(long seed) {
        float bound = (float) Math.sqrt(3.0 / inputs());
        for (int unit = 0; unit < outputs(); unit++) {
            SplittableRandom random = RandomStream.of(seed, 0, unit);
            for (int i = 0; i < inputs(); i++) {
                weights[unit * inputs() + i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    /** float[outputs][inputs], the live array. */
    public float[] weights() {
        return weights;
    }

    /** float[outputs], the live array. */
    public float[] bias() {
        return bias;
    }

    /**
     * y = W x + b.
     *
     * @param x [inputs][batch]
     * @param y [outputs][batch], written
     */
    @Override
    public void forward(Panel x, int batch, Panel y, Workers workers) {
        workers.run(shards.count(), (shard, worker) -> {
            int first = shards.first(shard);
            for (int unit = first; unit < shards.first(shard + 1); unit++) {
                Arrays.fill(y.values(), y.at(unit * batch), y.at((unit + 1) * batch), bias[unit]);
            }
            UnitVectors.addDenseScores(
                    weights,
                    rowOffsets,
                    first,
                    shards.size(shard),
                    inputs,
                    x.values(),
                    x.offset(),
                    batch,
                    y.values(),
                    y.at(first * batch));
        });
    }

    @Override
    public void visit(Visitor visitor) {
        for (int unit = 0; unit < outputs; unit++) {
            visitor.unit(unit, bias[unit]);
            for (int input = 0; input < inputs; input++) {
                visitor.connection(unit, input, weights[unit * inputs + input]);
            }
        }
    }

    @Override
    public List<Tensor> tensors(String name) {
        List<Long> shape = List.of((long) outputs, (long) inputs);
        return List.of(
                new Tensor.Floats(name + ".weights", shape, List.of(weights)),
                new Tensor.Floats(name + ".bias", List.of((long) outputs), List.of(bias)));
    }

    @Override
    public void check() {
        // any weights make a dense layer
    }

    @Override
    public Layer.Training training(
            Body.Plan plan, OptimizerConfig optimizer, Optional<RewireConfig> rewire, int threads) {
        return new Training(optimizer, plan.maxBatch(), threads);
    }

    /** What training adds to the layer: optimiser state and scratch. */
    public final class Training implements Layer.Training {

        private final List<OptimizerState> weightStates = new ArrayList<>();
        private final List<OptimizerState> biasStates = new ArrayList<>();
        private final ShardedSum dxParts;
        private final UnitBlock[] blocks;

        public Training(OptimizerConfig optimizer, int maxBatch, int threads) {
            for (int shard = 0; shard < shards.count(); shard++) {
                weightStates.add(optimizer.newState(shards.size(shard), inputs()));
                biasStates.add(optimizer.newState(shards.size(shard), 1));
            }
            this.dxParts = ShardedSum.bounded(shards.count(), Math.multiplyExact(inputs(), maxBatch));
            this.blocks = new UnitBlock[threads];
            Arrays.setAll(blocks, i -> new UnitBlock(maxBatch));
        }

        /**
         * dx = W' dy with the weights before the update, then the update of W and b. Units whose gradient is zero for
         * the whole batch are left alone.
         *
         * @param x [inputs][batch] as in the forward pass
         * @param dy [outputs][batch]
         * @param dx [inputs][batch], written
         */
        @Override
        public void backward(Panel x, int batch, Panel dy, Panel dx, StepSize step, Workers workers) {
            dxParts.gather(inputs() * batch, workers, (shard, worker, dxPart) -> {
                UnitBlock block = blocks[worker];
                for (int unit = shards.first(shard); unit < shards.first(shard + 1); unit++) {
                    block.take(unit, batch, dy);
                    if (block.count == UnitBlock.MOST || unit == shards.first(shard + 1) - 1) {
                        block.backward(shard, x, batch, dxPart, step);
                    }
                }
                weightStates.get(shard).endStep();
                biasStates.get(shard).endStep();
            });
            dxParts.into(dx, inputs() * batch, workers);
        }

        @Override
        public void carry(String name, StateCarrier state) {
            tensors(name).forEach(state::tensor);
            for (int shard = 0; shard < weightStates.size(); shard++) {
                weightStates.get(shard).carry(name + ".weightState." + shard, state);
                biasStates.get(shard).carry(name + ".biasState." + shard, state);
            }
        }

        /** Some units that have a gradient; scratch of one worker. */
        private final class UnitBlock {

            /** A multiple of the units that kernels do at a time. */
            private static final int MOST = 8;

            private final int[] units = new int[MOST];
            private final int[] offsets = new int[MOST];
            private final float[] dBias = new float[MOST];
            private final float[] dy;
            private final float[] dWeights = new float[MOST * inputs];
            private final float[] dRow = new float[inputs];
            private int count;

            UnitBlock(int maxBatch) {
                dy = new float[MOST * maxBatch];
            }

            void take(int unit, int batch, Panel gradient) {
                float sum = 0;
                float magnitude = 0;
                for (int i = gradient.at(unit * batch); i < gradient.at((unit + 1) * batch); i++) {
                    sum += gradient.values()[i];
                    magnitude += Math.abs(gradient.values()[i]);
                }
                if (magnitude != 0) {
                    System.arraycopy(gradient.values(), gradient.at(unit * batch), dy, count * batch, batch);
                    units[count] = unit;
                    offsets[count] = rowOffsets[unit];
                    dBias[count++] = sum;
                }
            }

            void backward(int shard, Panel x, int batch, Panel dx, StepSize step) {
                UnitVectors.denseGradients(
                        weights,
                        offsets,
                        0,
                        count,
                        inputs,
                        x.values(),
                        x.offset(),
                        batch,
                        dy,
                        0,
                        dx.values(),
                        dx.offset(),
                        dWeights);
                for (int i = 0; i < count; i++) {
                    System.arraycopy(dWeights, i * inputs, dRow, 0, inputs);
                    weightStates.get(shard).update(units[i] - shards.first(shard), weights, offsets[i], dRow, step);
                    dRow[0] = dBias[i];
                    biasStates.get(shard).update(units[i] - shards.first(shard), bias, units[i], dRow, step);
                }
                count = 0;
            }
        }
    }
}
