package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.LabelRows;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.RowsTraining.Buffers;
import dev.longtail.output.RowsTraining.RowRange;

/** Training of labels with inputs of their own, one after the other. */
final class LabelPass implements RowsTraining.ShardPass {

    private final RowsTraining training;
    private final RowsLayer layer;
    private final Buffers buffers;

    LabelPass(RowsTraining training, RowsLayer layer, Buffers buffers) {
        this.training = training;
        this.layer = layer;
        this.buffers = buffers;
    }

    @Override
    public double train(int shard, RowRange range, OutputBatch batch, StepSize stepSize, Panel dx) {
        Positives positives = batch.positives();
        int first = layer.shards().first(shard);
        int pair = positives.firstFrom(first + range.from());
        double loss = 0;
        for (int row = range.from(); row < range.to(); row++) {
            int from = pair;
            pair = positives.end(from, first + row);
            if (from == pair && training.isSatisfied(shard, row)) {
                continue;
            }
            buffers.mark(positives, from, pair);
            loss += trainLabel(shard, row, batch, stepSize, dx);
            buffers.unmark(positives, from, pair);
        }
        return loss;
    }

    private double trainLabel(int shard, int row, OutputBatch batch, StepSize stepSize, Panel dx) {
        LabelRows rows = layer.rows(shard);
        int size = batch.size();
        rows.read(row, buffers.weights);
        rows.scores(row, buffers.weights, batch.x(), size, buffers.scores);
        double loss = training.gradient(shard, row, batch, buffers);
        if (loss == 0) {
            return 0;
        }
        training.observe(shard, row, batch, stepSize, buffers);
        rows.gradients(row, buffers.weights, batch.x(), size, buffers.dScores, dx, buffers.dWeights);
        training.update(shard, row, size, stepSize, buffers);
        return loss;
    }
}
