package dev.longtail.plan;

import dev.longtail.config.Settings;
import dev.longtail.data.Examples;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.StepRecord;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trains some steps of the embedding arm at its full size, on some of the examples, and takes their time. */
final class StepProbe {

    /** Steps that are tried at most; the first third of them is not counted. */
    private static final int STEPS = 300;

    private static final double SECONDS = 5;
    private static final int LOOKED = 1024;

    private final LabelConfig config;
    private final PlanData data;
    private final Workers workers;
    private final Cost.Clock clock;
    private final Path temporary;

    /**
     * What it costs.
     *
     * @param step of training
     * @param look at an example of the validation part
     */
    record Result(Cost step, Cost look) {}

    /** @param temporary folder for temporary files */
    StepProbe(LabelConfig config, PlanData data, Workers workers, Cost.Clock clock, Path temporary) {
        this.config = config;
        this.data = data;
        this.workers = workers;
        this.clock = clock;
        this.temporary = temporary;
    }

    Result run() throws IOException {
        int batch = config.train().batch();
        Examples examples = data.some(STEPS * batch);
        int epochs = config.model().embedding() ? 1 + STEPS * batch / examples.size() : 1;
        LabelConfig tried = Settings.override(
                config, Map.of("train.maxEpochs", Integer.toString(epochs), "train.calibration.kind", "none"));
        LabelModel model = new LabelModel(
                config.model(), data.features(), data.labels(), data.shape().examples());
        Steps steps = new Steps();
        try {
            new LabelTrainer(tried.train(), tried.rewire(), workers, steps, temporary)
                    .train(model, examples, Optional.empty());
        } catch (EnoughException e) {
            // the model is as it was after the last step, which is all that is asked of it
        }
        return new Result(steps.cost(), look(model));
    }

    private Cost look(LabelModel model) {
        Evaluation evaluation =
                new Evaluation(model, Math.max(64, config.train().batch()), workers, 1, 3, 5);
        Examples looked = data.some(LOOKED);
        evaluation.rank(looked, Propensity.DEFAULT);
        Cost.Watch watch = clock.start();
        evaluation.rank(looked, Propensity.DEFAULT);
        return watch.cost().times(1.0 / looked.size());
    }

    /** Ends a training whose steps have been measured. */
    private static final class EnoughException extends RuntimeException {

        private static final long serialVersionUID = 1;

        EnoughException() {
            super("enough steps");
        }
    }

    private final class Steps implements TrainListener {

        private final List<Cost> costs = new ArrayList<>();
        private final Cost.Watch watch = clock.start();
        private double started;

        @Override
        public void step(StepRecord step) {
            Cost now = watch.cost();
            started = costs.isEmpty() ? now.seconds() : started;
            costs.add(now);
            if (costs.size() >= STEPS || (now.seconds() - started > SECONDS && costs.size() > 3)) {
                throw new EnoughException();
            }
        }

        Cost cost() {
            if (costs.size() < 2) {
                return Cost.NONE;
            }
            int last = costs.size() - 1;
            int first = last / 3;
            return costs.get(last).plus(costs.get(first).times(-1)).times(1.0 / (last - first));
        }
    }
}
