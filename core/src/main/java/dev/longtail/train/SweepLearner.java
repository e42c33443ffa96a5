package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import dev.longtail.variational.RatingSweeps;
import java.util.concurrent.CancellationException;

/** Learns by exact sweeps over users and items; the loss of an epoch is what the beliefs after it expect. */
final class SweepLearner implements RatingLearner {

    private final RatingTrainConfig config;
    private final RatingListener listener;
    private final RatingSweeps sweeps;
    private final int ratings;

    SweepLearner(
            RatingModel model, RatingSet train, RatingTrainConfig config, Workers workers, RatingListener listener) {
        this.config = config;
        this.listener = listener;
        this.sweeps = new RatingSweeps(model, train, workers);
        this.ratings = train.size();
    }

    @Override
    public double epoch(int epoch) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted before epoch " + epoch);
        }
        double loss = sweeps.run() / 2;
        if (!Double.isFinite(loss)) {
            throw new DivergedException(epoch);
        }
        listener.progress(new StepReport(epoch, config.maxEpochs(), ratings, ratings, loss));
        return loss;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        sweeps.carry(name, state);
    }
}
