package dev.longtail.body;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.UnitVectors;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.Shards;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A fully connected linear layer, y = W x + b, for batches in the layout [unit][batch]. */
public final class DenseLayer {

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
    public void initialise(long seed) {
        float bound = (float) Math.sqrt(3.0 / inputs());
        for (int unit = 0; unit < outputs(); unit++) {
            SplittableRandom random = RandomStream.of(seed, 0, unit);
            for (int i = 0; i < inputs(); i++) {
                weights[unit * inputs() + i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
    }

    public int outputs() {
        return outputs;
    }

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

    /** What training adds to the layer: optimiser state and scratch. */
    public final class Training {

        private final OptimizerState weightState;
        private final OptimizerState biasState;
        private final ShardedSum dxParts;
        private final UnitBlock[] blocks;

        public Training(OptimizerConfig optimizer, int maxBatch, int threads) {
            this.weightState = optimizer.newState(outputs(), inputs());
            this.biasState = optimizer.newState(outputs(), 1);
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
        public void backward(Panel x, int batch, Panel dy, Panel dx, StepSize step, Workers workers) {
            dxParts.gather(inputs() * batch, workers, (shard, worker, dxPart) -> {
                UnitBlock block = blocks[worker];
                for (int unit = shards.first(shard); unit < shards.first(shard + 1); unit++) {
                    block.take(unit, batch, dy);
                    if (block.count == UnitBlock.MOST || unit == shards.first(shard + 1) - 1) {
                        block.backward(x, batch, dxPart, step);
                    }
                }
            });
            dxParts.into(dx, inputs() * batch, workers);
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

            void backward(Panel x, int batch, Panel dx, StepSize step) {
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
                    weightState.update(units[i], weights, offsets[i], dRow, step);
                    dRow[0] = dBias[i];
                    biasState.update(units[i], bias, units[i], dRow, step);
                }
                count = 0;
            }
        }
    }
}
