package dev.longtail.train;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.calibration.HeldOut;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A look at held-out examples with a trained model, for its calibration. Only the best labels of each example are kept,
 * so what is learned from does not grow with the number of labels.
 */
public final class CalibrationPass {

    private final LabelModel model;
    private final CalibrationConfig config;
    private final Workers workers;
    private final Workspace workspace;
    private final LabelSearch search;
    private final TopLabels top;
    private final int[] labels;
    private final float[] scores;

    /**
     * A pass over a model.
     *
     * @param config of another kind than none
     * @param batch examples scored at once
     */
    public CalibrationPass(LabelModel model, CalibrationConfig config, int batch, Workers workers) {
        int suggestions = Math.min(config.suggestions(), model.labels().size());
        this.model = model;
        this.config = config;
        this.workers = workers;
        this.workspace = new Workspace(model, batch);
        this.search = model.output().index(SearchConfig.EXACT, workers).newSearch(workers);
        this.top = new TopLabels(suggestions, batch, workers.threads());
        this.labels = new int[suggestions];
        this.scores = new float[suggestions];
    }

    /**
     * Learns the calibration; empty when none of the examples that are looked at has a label.
     *
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public Optional<Calibration> fit(Examples heldOut) {
        int examples = Math.min(heldOut.size(), config.examples());
        HeldOut suggestions = new HeldOut(model.labels().size());
        for (int from = 0; from < examples; from += workspace.maxBatch()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("calibration was interrupted after " + from + " examples");
            }
            add(heldOut, from, Math.min(examples, from + workspace.maxBatch()), suggestions);
        }
        return suggestions.size() == 0 ? Optional.empty() : Optional.of(Calibration.fit(suggestions, config));
    }

    private void add(Examples heldOut, int from, int to, HeldOut suggestions) {
        Example example = new Example();
        SparseBatch batch = new SparseBatch();
        for (int i = from; i < to; i++) {
            heldOut.read(spread(i, heldOut.size()), example);
            batch.add(example.features, example.weights, example.featureCount);
        }
        search.search(workspace.hidden(batch, workers), batch.rows(), batch.rows(), top);
        for (int i = from; i < to; i++) {
            int count = top.result(i - from, labels, scores);
            heldOut.read(spread(i, heldOut.size()), example);
            suggestions.add(labels, scores, count, example);
        }
    }

    /** The i-th of the examples that are looked at, spread evenly over all. */
    private int spread(int i, int size) {
        return size <= config.examples() ? i : (int) ((long) i * size / config.examples());
    }
}
