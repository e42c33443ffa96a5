package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.optimizer.Optimizer;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training of a {@link RowsLayer}. The loss is a sum over labels, so one pass over a label does forward, loss gradient,
 * gradient of the inputs, gradient of its weights and their update, and moves on: neither the scores of the batch for
 * all labels nor the gradient of more than one label exists at any time.
 */
final class RowsTraining implements OutputTraining {

    private final RowsLayer layer;
    private final Plan plan;
    private final Optimizer optimizer;
    private final RewireConfig rewire;
    private final Workers workers;
    private final List<OptimizerState> weightStates = new ArrayList<>();
    private final List<OptimizerState> biasStates = new ArrayList<>();
    private final ShardedSum dxParts;
    private final Buffers[] buffersOfWorkers;
    private final double[] losses;
    private long moved;

    RowsTraining(RowsLayer layer, Plan plan, Optimizer optimizer, RewireConfig rewire, Workers workers) {
        this.layer = layer;
        this.plan = plan;
        this.optimizer = optimizer;
        this.rewire = rewire;
        this.workers = workers;
        int shards = layer.shards().count();
        for (int shard = 0; shard < shards; shard++) {
            LabelRows rows = layer.rows(shard);
            weightStates.add(optimizer.newState(rows.labels(), rows.width()));
            biasStates.add(optimizer.newState(plan.trainBias() ? rows.labels() : 0, 1));
        }
        this.dxParts = new ShardedSum(shards, layer.inputs() * plan.maxBatch());
        this.losses = new double[shards];
        this.buffersOfWorkers = new Buffers[workers.threads()];
        Arrays.setAll(
                buffersOfWorkers,
                i -> new Buffers(plan.maxBatch(), layer.rows(0).width()));
    }

    /** What one worker writes besides the parameters. */
    private static final class Buffers {
        final float[] scores;
        final float[] dScores;
        final float[] targets;
        final float[] dWeights;

        Buffers(int batch, int width) {
            scores = new float[batch];
            dScores = new float[batch];
            targets = new float[batch];
            dWeights = new float[width];
            Arrays.fill(targets, -1);
        }
    }

    @Override
    public double step(Panel x, int batch, Positives positives, StepSize stepSize, Panel dx) {
        workers.run(losses.length, (shard, worker) -> {
            losses[shard] = trainShard(shard, x, batch, positives, stepSize, buffersOfWorkers[worker]);
        });
        dxParts.into(dx, layer.inputs() * batch, workers);
        moved = rewire.due(stepSize.step(), plan.steps()) ? rewire(stepSize.step()) : 0;
        return Arrays.stream(losses).sum() / batch;
    }

    private double trainShard(int shard, Panel x, int batch, Positives positives, StepSize stepSize, Buffers buffers) {
        Panel dx = dxParts.cleared(shard, layer.inputs() * batch);
        int first = layer.shards().first(shard);
        int pair = positives.firstFrom(first);
        double loss = 0;
        for (int row = 0; row < layer.rows(shard).labels(); row++) {
            int from = pair;
            while (pair < positives.size() && positives.label(pair) == first + row) {
                buffers.targets[positives.example(pair++)] = 1;
            }
            loss += trainLabel(shard, row, x, batch, dx, stepSize, buffers);
            while (from < pair) {
                buffers.targets[positives.example(from++)] = -1;
            }
        }
        return loss;
    }

    private double trainLabel(int shard, int row, Panel x, int batch, Panel dx, StepSize stepSize, Buffers buffers) {
        LabelRows rows = layer.rows(shard);
        rows.scores(row, x, batch, buffers.scores);
        double loss = plan.loss().gradient(buffers.scores, buffers.targets, batch, 1f / batch, buffers.dScores);
        if (loss == 0) {
            return 0; // squared hinge: every example is satisfied, so every gradient is exactly zero
        }
        rows.gradients(row, x, batch, buffers.dScores, dx, buffers.dWeights);
        optimizer.update(rows.weights(), weightStates.get(shard), row, rows.width(), buffers.dWeights, stepSize);
        if (plan.trainBias()) {
            buffers.dWeights[0] = sum(buffers.dScores, batch);
            optimizer.update(rows.bias(), biasStates.get(shard), row, 1, buffers.dWeights, stepSize);
        }
        return loss;
    }

    private static float sum(float[] values, int n) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i];
        }
        return sum;
    }

    private long rewire(long step) {
        long[] counts = new long[losses.length];
        workers.run(counts.length, (shard, worker) -> {
            if (layer.rows(shard) instanceof FixedFanIn sparse) {
                Rewiring rewiring = new Rewiring(rewire, plan.seed(), step, plan.steps());
                counts[shard] = rewiring.rewire(
                        sparse, weightStates.get(shard), layer.shards().first(shard));
            }
        });
        return Arrays.stream(counts).sum();
    }

    @Override
    public long moved() {
        return moved;
    }
}
