package dev.longtail.train;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingScorer;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingBatch;
import dev.longtail.rating.RatingSet;
import java.util.concurrent.CancellationException;

/** Predicts ratings that are known, and collects how far off the predictions are. */
public final class RatingEvaluation {

    private static final int BATCH = 4096;

    private final RatingModel model;
    private final Workers workers;
    private final RatingScorer scorer;
    private final RatingBatch batch = new RatingBatch(BATCH);
    private final float[] scores = new float[BATCH];

    /** An evaluation of a model, which may change between measures. */
    public RatingEvaluation(RatingModel model, Workers workers) {
        this.model = model;
        this.workers = workers;
        this.scorer = new RatingScorer(model, BATCH);
    }

    /**
     * Measures the model on ratings, at least one.
     *
     * @throws CancellationException when the thread was interrupted; its interrupt flag stays set
     */
    public RatingMetrics measure(RatingSet ratings) {
        RatingMetrics.Sums sums = new RatingMetrics.Sums(model.items().ids().counts());
        for (int from = 0; from < ratings.size(); from += BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("measuring was interrupted");
            }
            batch.clear();
            batch.add(ratings, from, Math.min(BATCH, ratings.size() - from));
            scorer.scores(batch.users(), batch.items(), batch.size(), scores, workers);
            for (int i = 0; i < batch.size(); i++) {
                sums.add(batch.items()[i], model.rating(scores[i]), batch.ratings()[i]);
            }
        }
        return sums.metrics();
    }
}
