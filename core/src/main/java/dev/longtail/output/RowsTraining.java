package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.RowBlock;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.WeightRow;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.LayerTopology;
import dev.longtail.topology.LayerTopology.Observation;
import dev.longtail.topology.RewireConfig;
import dev.longtail.topology.SparseLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Training of a {@link RowsLayer}. The loss is a sum over labels, so one pass over a label ({@link LabelPass}), or over
 * some labels with the same inputs ({@link BlockPass}), does forward, loss gradient, gradient of the inputs, gradient of
 * the weights and their update, and moves on: neither the scores of the batch for all labels nor the gradients of more
 * labels than that exist at any time.
 */
final class RowsTraining implements OutputTraining {

    private final RowsLayer layer;
    private final Plan plan;
    private final Workers workers;
    private final List<OptimizerState> weightStates = new ArrayList<>();
    private final List<OptimizerState> biasStates = new ArrayList<>();
    private final Optional<LayerTopology> topology;
    private final ShardedSum dxParts;
    private final List<ShardPass> passesOfWorkers = new ArrayList<>();
    private final double[] losses;
    private long moved;

    RowsTraining(RowsLayer layer, Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        this.layer = layer;
        this.plan = plan;
        this.workers = workers;
        int shards = layer.shards().count();
        for (int shard = 0; shard < shards; shard++) {
            LabelRows rows = layer.rows(shard);
            weightStates.add(optimizer.newState(rows.labels(), rows.width()));
            biasStates.add(optimizer.newState(plan.trainBias() ? rows.labels() : 0, 1));
        }
        this.topology = topology(rewire);
        this.dxParts = ShardedSum.bounded(shards, Math.multiplyExact(layer.inputs(), plan.maxBatch()));
        this.losses = new double[shards];
        boolean blocks = RowBlock.serves(layer.rows(0));
        for (int worker = 0; worker < workers.threads(); worker++) {
            passesOfWorkers.add(blocks ? new BlockPass(this, layer, plan) : new LabelPass(this, layer, plan));
        }
    }

    private Optional<LayerTopology> topology(RewireConfig rewire) {
        List<SparseLayer.Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < weightStates.size(); shard++) {
            if (layer.rows(shard) instanceof FixedFanIn sparse) {
                int firstIndexRow = layer.shards().first(shard) / sparse.group();
                shards.add(new SparseLayer.Shard(sparse, weightStates.get(shard), firstIndexRow));
            }
        }
        return shards.isEmpty()
                ? Optional.empty()
                : rewire.topology(new SparseLayer(shards, plan.seed(), plan.steps()));
    }

    /** One worker's way over the labels of a shard, with that worker's scratch. */
    interface ShardPass {

        /**
         * Trains all labels of a shard.
         *
         * @param dx [inputs][batch], added to
         * @return the loss, summed over labels and examples
         */
        double trainShard(int shard, OutputBatch batch, StepSize stepSize, Panel dx);
    }

    /** What one worker writes for one label, besides the parameters. */
    static final class Buffers {
        final float[] scores;
        final float[] dScores;
        final float[] targets;
        final float[] dWeights;
        final WeightRow weights;

        Buffers(int batch, int width) {
            scores = new float[batch];
            dScores = new float[batch];
            targets = new float[batch];
            dWeights = new float[width];
            weights = new WeightRow(width);
            Arrays.fill(targets, -1);
        }

        /** Sets the targets of a label, whose positives begin at pair {@code from}; returns where they end. */
        int mark(Positives positives, int from, int label) {
            int pair = from;
            while (pair < positives.size() && positives.label(pair) == label) {
                targets[positives.example(pair++)] = 1;
            }
            return pair;
        }

        /** Takes back what {@link #mark} set. */
        void unmark(Positives positives, int from, int to) {
            for (int pair = from; pair < to; pair++) {
                targets[positives.example(pair)] = -1;
            }
        }
    }

    @Override
    public double step(OutputBatch batch, StepSize stepSize, Panel dx) {
        int n = layer.inputs() * batch.size();
        dxParts.gather(n, workers, (shard, worker, part) -> {
            losses[shard] = passesOfWorkers.get(worker).trainShard(shard, batch, stepSize, part);
        });
        dxParts.into(dx, n, workers);
        moved = topology.map(moving -> moving.rewire(stepSize.step(), workers)).orElse(0L);
        return Arrays.stream(losses).sum() / batch.size();
    }

    /** The loss of a label from its scores and targets, and its gradient; zero when there is no gradient. */
    double gradient(OutputBatch batch, Buffers buffers) {
        int size = batch.size();
        float scale = batch.weight() / size;
        // with squared hinge zero when every example is satisfied: every gradient is then exactly zero
        return plan.loss().gradient(buffers.scores, buffers.targets, size, scale, buffers.dScores);
    }

    /** Shows a label that has a gradient to the topology, if that wants to see it. */
    void observe(int shard, int row, OutputBatch batch, StepSize stepSize, Buffers buffers) {
        if (topology.isPresent() && topology.get().observes(stepSize.step())) {
            Observation seen = new Observation(batch.x(), batch.size(), buffers.dScores, buffers.targets);
            topology.get().observe(shard, row, seen);
        }
    }

    /** Updates a label from {@code dWeights} and {@code dScores}. */
    void update(int shard, int row, int size, StepSize stepSize, Buffers buffers) {
        LabelRows rows = layer.rows(shard);
        WeightRow weights = buffers.weights;
        weightStates.get(shard).update(row, weights.values(), weights.offset(), buffers.dWeights, stepSize);
        long key = RandomStream.key(plan.seed(), stepSize.step(), layer.shards().first(shard) + row);
        rows.write(row, weights, key);
        if (plan.trainBias()) {
            buffers.dWeights[0] = sum(buffers.dScores, size);
            biasStates.get(shard).update(row, rows.bias(), row, buffers.dWeights, stepSize);
        }
    }

    private static float sum(float[] values, int n) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Override
    public long moved() {
        return moved;
    }
}
