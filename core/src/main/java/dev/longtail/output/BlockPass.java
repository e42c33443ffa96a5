package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.RowBlock;
import dev.longtail.optimizer.StepSize;
import dev.longtail.output.RowsTraining.Buffers;
import dev.longtail.output.RowsTraining.RowRange;

/**
 * Training of labels that share their inputs: scores of a block of labels, then their losses one by one, then the
 * gradients of those that have one, then their updates. Labels without a gradient cost their scores only, and those
 * that certainly have none not even these, as in {@link LabelPass}.
 */
final class BlockPass implements RowsTraining.ShardPass {

    private final RowsTraining training;
    private final RowsLayer layer;
    private final Buffers buffers;
    private final RowBlock block;

    BlockPass(RowsTraining training, RowsLayer layer, OutputTraining.Plan plan, Buffers buffers) {
        this.training = training;
        this.layer = layer;
        this.buffers = buffers;
        this.block = new RowBlock(layer.rows(0), plan.maxBatch());
    }

    @Override
    public double train(int shard, RowRange range, OutputBatch batch, StepSize stepSize, Panel dx) {
        Positives positives = batch.positives();
        int first = layer.shards().first(shard);
        int pair = positives.firstFrom(first + range.from());
        double loss = 0;
        block.begin(layer.rows(shard), range.from(), range.to(), batch.x(), batch.size());
        while (block.next()) {
            select(shard, positives, pair);
            block.score();
            for (int number = 0; number < block.selectedCount(); number++) {
                int from = pair;
                pair = positives.end(from, first + block.selected(number));
                buffers.mark(positives, from, pair);
                loss += lossOfLabel(shard, number, batch, stepSize);
                buffers.unmark(positives, from, pair);
            }
            block.gradients(dx);
            update(shard, batch.size(), stepSize);
        }
        return loss;
    }

    /** @param pair the first one of the block's labels */
    private void select(int shard, Positives positives, int pair) {
        int first = layer.shards().first(shard);
        int from = pair;
        for (int row = block.first(); row < block.end(); row++) {
            int to = positives.end(from, first + row);
            if (from < to || !training.isSatisfied(shard, row)) {
                block.select(row);
            }
            from = to;
        }
    }

    private double lossOfLabel(int shard, int number, OutputBatch batch, StepSize stepSize) {
        int row = block.selected(number);
        block.scores(number, buffers.scores);
        double loss = training.gradient(shard, row, batch, buffers);
        if (loss == 0) {
            return 0;
        }
        training.observe(shard, row, batch, stepSize, buffers);
        block.activate(number, buffers.dScores);
        return loss;
    }

    private void update(int shard, int size, StepSize stepSize) {
        for (int number = 0; number < block.activeCount(); number++) {
            block.row(number, buffers.weights);
            block.weightGradient(number, buffers.dWeights);
            block.dScores(number, buffers.dScores);
            training.update(shard, block.active(number), size, stepSize, buffers);
        }
    }
}
