package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.RowBlock;
import dev.longtail.matrix.ShardedSum;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.WeightRow;
import dev.longtail.optimizer.Columns;
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
 * some labels with the same inputs ({@link BlockPass}), does forward, loss gradient, gradient of the inputs, gradient
 * of the weights and their update, and moves on: neither the scores of the batch for all labels nor the gradients of
 * more labels than that exist at any time.
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
    private final Optional<ScoreBounds> bounds;
    private final long[] scored;
    private final long[] updated;
    private long moved;

    RowsTraining(RowsLayer layer, Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        this.layer = layer;
        this.plan = plan;
        this.workers = workers;
        int shards = layer.shards().count();
        for (int shard = 0; shard < shards; shard++) {
            LabelRows rows = layer.rows(shard);
            weightStates.add(optimizer.newState(rows.labels(), rows.width(), Columns.of(rows.inputs(), rows::input)));
            biasStates.add(optimizer.newState(plan.trainBias() ? rows.labels() : 0, 1));
        }
        this.topology = topology(rewire);
        this.dxParts = ShardedSum.bounded(shards, Math.multiplyExact(layer.inputs(), plan.maxBatch()));
        this.losses = new double[shards];
        this.scored = new long[shards];
        this.updated = new long[shards];
        boolean bounded = plan.skip() && plan.objective().isZeroBelowMargin();
        this.bounds = bounded ? Optional.of(new ScoreBounds(layer)) : Optional.empty();
        boolean blocks = RowBlock.serves(layer.rows(0));
        for (int worker = 0; worker < workers.threads(); worker++) {
            Buffers buffers = new Buffers(worker, plan.maxBatch(), layer.rows(0).width());
            passesOfWorkers.add(
                    blocks ? new BlockPass(this, layer, plan, buffers) : new LabelPass(this, layer, buffers));
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

    /** Rows of a shard, {@code to} exclusive. */
    record RowRange(int from, int to) {}

    /** One worker's way over the labels of a shard, with that worker's scratch. */
    interface ShardPass {

        /**
         * Trains labels of a shard.
         *
         * @param dx [inputs][batch], added to
         * @return the loss, summed over labels and examples
         */
        double train(int shard, RowRange range, OutputBatch batch, StepSize stepSize, Panel dx);
    }

    /** What one worker writes for one label, besides the parameters. */
    static final class Buffers {
        final float[] scores;
        final float[] dScores;
        final float[] targets;
        final float[] dWeights;
        final WeightRow weights;
        final int worker;

        Buffers(int worker, int batch, int width) {
            this.worker = worker;
            scores = new float[batch];
            dScores = new float[batch];
            targets = new float[batch];
            dWeights = new float[width];
            weights = new WeightRow(width);
            Arrays.fill(targets, -1);
        }

        /** Sets the targets of a label, whose positives are the pairs {@code [from, to)}. */
        void mark(Positives positives, int from, int to) {
            for (int pair = from; pair < to; pair++) {
                targets[positives.example(pair)] = 1;
            }
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
        bounds.ifPresent(known -> known.start(batch.x(), batch.size()));
        int n = layer.inputs() * batch.size();
        dxParts.gather(n, workers, (shard, worker, part) -> {
            losses[shard] = trainShard(shard, batch, stepSize, part, passesOfWorkers.get(worker));
            weightStates.get(shard).endStep();
            biasStates.get(shard).endStep();
        });
        dxParts.into(dx, n, workers);
        moved = topology.map(moving -> moving.rewire(stepSize.step(), workers)).orElse(0L);
        if (moved > 0) {
            refreshBounds();
        }
        return Arrays.stream(losses).sum() * plan.objective().factor(batch.size());
    }

    @Override
    public void carry(String name, StateCarrier state) {
        layer.tensors().forEach(state::tensor);
        for (int shard = 0; shard < weightStates.size(); shard++) {
            weightStates.get(shard).carry(name + ".weightState." + shard, state);
            biasStates.get(shard).carry(name + ".biasState." + shard, state);
        }
        topology.ifPresent(moving -> moving.carry(name + ".topology", state));
        if (state.isRestoring()) {
            layer.check();
            refreshBounds();
        }
    }

    private void refreshBounds() {
        bounds.ifPresent(known -> workers.run(losses.length, (shard, worker) -> {
            known.refresh(shard, new WeightRow(layer.rows(shard).width()));
        }));
    }

    private double trainShard(int shard, OutputBatch batch, StepSize stepSize, Panel dx, ShardPass pass) {
        RowRanges ranges = batch.rows();
        int first = layer.shards().first(shard);
        int end = layer.shards().first(shard + 1);
        scored[shard] = 0;
        updated[shard] = 0;
        double loss = 0;
        for (int range = ranges.from(first); range < ranges.count() && ranges.first(range) < end; range++) {
            int from = Math.max(first, ranges.first(range)) - first;
            int to = Math.min(end, ranges.end(range)) - first;
            loss += pass.train(shard, new RowRange(from, to), batch, stepSize, dx);
        }
        return loss;
    }

    /** Whether a label that no example carries is certain to have no gradient, so that it need not be scored. */
    boolean isSatisfied(int shard, int row) {
        return bounds.isPresent() && bounds.get().isSatisfied(shard, row);
    }

    /** The loss of a label from its scores and targets, and its gradient; zero when there is no gradient. */
    double gradient(int shard, int row, OutputBatch batch, Buffers buffers) {
        int size = batch.size();
        scored[shard]++;
        float scale = (float) (batch.weight() * plan.objective().factor(size));
        int place = layer.shards().first(shard) + row;
        if (batch.sink().isPresent()) {
            batch.sink().get().accept(buffers.worker, layer.label(place), buffers.scores);
        }
        double loss = plan.objective().gradient(place, buffers.scores, buffers.targets, size, scale, buffers.dScores);
        // with squared hinge zero when every example is satisfied: every gradient is then exactly zero
        updated[shard] += loss == 0 ? 0 : 1;
        return loss;
    }

    /** Shows a label that has a gradient to the topology, if that wants to see it. */
    void observe(int shard, int row, OutputBatch batch, StepSize stepSize, Buffers buffers) {
        if (topology.isPresent() && topology.get().observes(stepSize.step())) {
            Observation seen =
                    new Observation(stepSize.step(), batch.x(), batch.size(), buffers.dScores, buffers.targets);
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
        if (bounds.isPresent()) {
            bounds.get().refresh(shard, row, weights);
        }
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
    public boolean tellsScores() {
        return true;
    }

    @Override
    public long moved() {
        return moved;
    }

    @Override
    public long scored() {
        return Arrays.stream(scored).sum();
    }

    @Override
    public long updated() {
        return Arrays.stream(updated).sum();
    }
}
