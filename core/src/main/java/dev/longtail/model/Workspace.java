package dev.longtail.model;

import dev.longtail.body.Body;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.output.OutputLayer;
import dev.longtail.parallel.Workers;

/** Scratch for scoring batches with a model; used by one caller at a time. */
public final class Workspace {

    private final LabelModel model;
    private final int maxBatch;
    private final Panel rows;
    private final Body.Pass pass;

    /** @param maxBatch most examples in a batch */
    public Workspace(LabelModel model, int maxBatch) {
        this.model = model;
        this.maxBatch = maxBatch;
        this.rows = Panel.of(maxBatch * model.table().dimension());
        this.pass = model.body().pass(maxBatch);
    }

    /** Most examples in a batch. */
    public int maxBatch() {
        return maxBatch;
    }

    /** Scores of every label for every example of a batch. */
    public void scores(SparseBatch batch, Workers workers, OutputLayer.ScoreSink sink) {
        model.table().bags(batch, rows, workers);
        Panel hidden = pass.forward(rows, batch.rows(), workers);
        model.output().scores(hidden, batch.rows(), workers, sink);
    }
}
