package dev.longtail.train;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.calibration.HeldOut;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Ranker;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
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
    private final Ranker ranker;
    private final LabelSearch search;

    /**
     * A pass over a model.
     *
     * @param config of another kind than none
     * @param batch examples scored at once
     */
    public CalibrationPass(LabelModel model, CalibrationConfig config, int batch, Workers workers) {
        this.model = model;
        this.config = config;
        this.ranker = new Ranker(model, config.suggestions(), batch, workers);
        this.search = model.index(SearchConfig.EXACT, workers).newSearch(workers);
    }

    /**
     * Learns the calibration; empty when none of the examples that are looked at has a label.
     *
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public Optional<Calibration> fit(Examples heldOut) {
        int examples = Math.min(heldOut.size(), config.examples());
        HeldOut suggestions = new HeldOut(model.labels().size());
        for (int from = 0; from < examples; from += ranker.maxBatch()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("calibration was interrupted after " + from + " examples");
            }
            add(heldOut, from, Math.min(examples, from + ranker.maxBatch()), suggestions);
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
        ranker.rank(batch, ranker.hidden(batch), batch.rows(), search);
        for (int i = from; i < to; i++) {
            int row = i - from;
            heldOut.read(spread(i, heldOut.size()), example);
            suggestions.add(ranker.labels(row), ranker.scores(row), ranker.count(row), example);
        }
    }

    /** The i-th of the examples that are looked at, spread evenly over all. */
    private int spread(int i, int size) {
        return size <= config.examples() ? i : (int) ((long) i * size / config.examples());
    }
}
