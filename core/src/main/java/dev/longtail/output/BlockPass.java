package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.RowBlock;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.RowsTraining.Buffers;

/**
 * Training of labels that share their inputs: scores of a block of labels, then their losses one by one, then the
 * gradients of those that have one, then their updates. Labels without a gradient cost their scores only, as in
 * {@link LabelPass}.
 */
final class BlockPass implements RowsTraining.ShardPass {

    private final RowsTraining training;
    private final RowsLayer layer;
    private final Buffers buffers;
    private final RowBlock block;

    BlockPass(RowsTraining training, RowsLayer layer, OutputTraining.Plan plan) {
        this.training = training;
        this.layer = layer;
        this.buffers = new Buffers(plan.maxBatch(), layer.rows(0).width());
        this.block = new RowBlock(layer.rows(0), plan.maxBatch());
    }

    @Override
    public double trainShard(int shard, OutputBatch batch, StepSize stepSize, Panel dx) {
        LabelRows rows = layer.rows(shard);
        Positives positives = batch.positives();
        int first = layer.shards().first(shard);
        int pair = positives.firstFrom(first);
        double loss = 0;
        for (int start = 0; start < rows.labels(); start = block.end()) {
            block.start(rows, start, batch.x(), batch.size());
            for (int row = start; row < block.end(); row++) {
                int from = pair;
                pair = buffers.mark(positives, pair, first + row);
                loss += lossOfLabel(shard, row, batch, stepSize);
                buffers.unmark(positives, from, pair);
            }
            block.gradients(dx);
            update(shard, batch.size(), stepSize);
        }
        return loss;
    }

    private double lossOfLabel(int shard, int row, OutputBatch batch, StepSize stepSize) {
        int unit = row - block.first();
        block.scores(unit, buffers.scores);
        double loss = training.gradient(batch, buffers);
        if (loss == 0) {
            return 0;
        }
        training.observe(shard, row, batch, stepSize, buffers);
        block.activate(unit, buffers.dScores);
        return loss;
    }

    private void update(int shard, int size, StepSize stepSize) {
        for (int number = 0; number < block.activeCount(); number++) {
            block.row(number, buffers.weights);
            block.weightGradient(number, buffers.dWeights);
            block.dScores(number, buffers.dScores);
            training.update(shard, block.first() + block.active(number), size, stepSize, buffers);
        }
    }
}
