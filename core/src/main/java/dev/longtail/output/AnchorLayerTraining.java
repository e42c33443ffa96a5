package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.RowsTraining.Buffers;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorScorerTraining;
import dev.longtail.table.AnchorScorerTraining.Trained;
import java.util.Arrays;

/** Training of an {@link AnchorLayer}: the objective of the labels for {@link AnchorScorerTraining}. */
final class AnchorLayerTraining implements OutputTraining {

    private final AnchorLayer layer;
    private final float least;
    private final Plan plan;
    private final Workers workers;
    private final AnchorScorerTraining training;
    private final Buffers[] buffers;
    private final double[] losses;
    private final long[] scored;
    private final long[] updated;

    /** @param least derivative of the loss by a score up to which a label does not learn */
    AnchorLayerTraining(AnchorLayer layer, float least, Plan plan, OptimizerConfig optimizer, Workers workers) {
        this.layer = layer;
        this.least = least;
        this.plan = plan;
        this.workers = workers;
        AnchorScorerTraining.Plan own = new AnchorScorerTraining.Plan(plan.maxBatch(), optimizer, plan.trainBias());
        this.training = layer.scorer().training(own, optimizer, workers.threads());
        this.buffers = new Buffers[workers.threads()];
        Arrays.setAll(buffers, worker -> new Buffers(worker, plan.maxBatch(), 1));
        int shards = layer.scorer().shards().count();
        this.losses = new double[shards];
        this.scored = new long[shards];
        this.updated = new long[shards];
    }

    @Override
    public void startEpoch(int epoch) {
        training.startEpoch(epoch);
    }

    @Override
    public void endEpoch() {
        training.endEpoch();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        training.carry(name, state);
    }

    @Override
    public double step(OutputBatch batch, StepSize stepSize, Panel dx) {
        float scale = (float) (batch.weight() * plan.objective().factor(batch.size()));
        training.begin(new AnchorScorerTraining.Batch(batch.x(), batch.size(), least * scale, stepSize), workers);
        workers.run(losses.length, (shard, worker) -> trainShard(shard, batch, scale, worker));
        training.end(dx, workers);
        return Arrays.stream(losses).sum() * plan.objective().factor(batch.size());
    }

    private void trainShard(int shard, OutputBatch batch, float scale, int worker) {
        RowRanges ranges = batch.rows();
        Shards shards = layer.scorer().shards();
        int first = shards.first(shard);
        int end = shards.first(shard + 1);
        losses[shard] = 0;
        scored[shard] = 0;
        updated[shard] = 0;
        for (int range = ranges.from(first); range < ranges.count() && ranges.first(range) < end; range++) {
            int from = Math.max(first, ranges.first(range));
            int to = Math.min(end, ranges.end(range));
            Trained trained = training.train(shard, from, to, worker, new LabelLoss(batch, scale));
            losses[shard] += trained.loss();
            scored[shard] += to - from;
            updated[shard] += trained.updated();
        }
    }

    /** The objective of a batch, label by label. */
    private final class LabelLoss implements AnchorScorerTraining.Loss {

        private final OutputBatch batch;
        private final float scale;

        LabelLoss(OutputBatch batch, float scale) {
            this.batch = batch;
            this.scale = scale;
        }

        @Override
        public double gradient(int worker, int label, float[] scores, float[] dScores) {
            Buffers own = buffers[worker];
            batch.sink().ifPresent(sink -> sink.accept(worker, label, scores));
            Positives positives = batch.positives();
            int pair = positives.firstFrom(label);
            int end = positives.end(pair, label);
            own.mark(positives, pair, end);
            double loss = plan.objective().gradient(label, scores, own.targets, batch.size(), scale, dScores);
            own.unmark(positives, pair, end);
            return loss;
        }
    }

    @Override
    public boolean tellsScores() {
        return true;
    }

    @Override
    public long moved() {
        return 0;
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
