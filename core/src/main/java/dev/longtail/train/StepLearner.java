package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;

/** Learns by steps along the gradients of batches. */
final class StepLearner implements RatingLearner {

    private final RatingTrainConfig config;
    private final RatingSet train;
    private final RatingStep step;
    private final RatingPass pass;

    /** @param train in random order */
    StepLearner(
            RatingModel model, RatingSet train, RatingTrainConfig config, Workers workers, RatingListener listener) {
        this.config = config;
        this.train = train;
        this.step = new RatingStep(model, config, workers);
        this.pass = new RatingPass(step, config, listener);
    }

    @Override
    public double epoch(int epoch) {
        long steps = pass.steps(train);
        long before = (epoch - 1) * steps;
        step.startEpoch(epoch);
        return pass.run(
                train,
                epoch,
                config.maxEpochs(),
                number -> config.schedule().at(before + number, steps * config.maxEpochs()));
    }

    @Override
    public void end() {
        step.endEpoch();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        step.carry(name, state);
    }

    @Override
    public void close() {
        step.close();
    }
}
