package dev.longtail.tune;

import dev.longtail.config.Settings;
import dev.longtail.data.Examples;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.Split;
import dev.longtail.data.TrainingData;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.plan.ParameterBytes;
import dev.longtail.table.AnchorSetup;
import dev.longtail.train.EpochReport;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.StepRecord;
import dev.longtail.train.StepReport;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains models on a part of prepared data and measures them on its validation part; no other examples are ever looked
 * at. The parts are the same for all candidates, and a smaller one is a part of a larger one. On all examples a trial
 * does what a training run with these settings does, so its value is the one that run will have.
 */
public final class TrainObjective implements Objective {

    /** Apart from the streams of training, see {@link RandomStream}. */
    private static final long PARTS = -4;

    /**
     * Validation examples of a trial, unless it learns from more: with few examples to learn from, measuring would
     * otherwise take most of the time. 2,000 tell P@1 within a point.
     */
    private static final int VALIDATION_EXAMPLES = 2000;

    private final TrainingData data;
    private final Examples validation;
    private final Measure measure;
    private final Workers workers;
    private final Path temporary;
    private TrainListener listener = TrainListener.SILENT;
    private @Nullable LabelModel encoder;
    private AnchorSetup setup = AnchorSetup.NONE;

    /**
     * What is measured.
     *
     * @param propensity constants behind PSP
     */
    public record Measure(TuneMetric metric, Propensity propensity) {}

    /**
     * @param temporary folder for the best parameters of a trial
     * @throws IllegalArgumentException when the data have no validation part
     */
    public TrainObjective(TrainingData data, Measure measure, Workers workers, Path temporary) {
        Examples examples = data.validation();
        if (examples == null || examples.size() == 0) {
            throw new IllegalArgumentException("settings are compared on a validation part, and there is none; give"
                    + " validation files, or hold a part out with validationFraction");
        }
        this.data = data;
        this.validation = examples;
        this.measure = measure;
        this.workers = workers;
        this.temporary = temporary;
    }

    /** Lets models start from the encoder of another, see {@link LabelTrainer#startingFrom}. */
    public TrainObjective startingFrom(LabelModel other) {
        this.encoder = other;
        return this;
    }

    /** Lets tables start from chosen anchors, see {@link LabelTrainer#preparing}. */
    public TrainObjective preparing(AnchorSetup table) {
        this.setup = table;
        return this;
    }

    /** Lets a listener hear the progress within trials. */
    public TrainObjective telling(TrainListener heard) {
        this.listener = heard;
        return this;
    }

    @Override
    public int examples() {
        return data.train().size();
    }

    @Override
    public long bytes(LabelConfig config) {
        FeatureSpace features = data.features();
        int read = config.model().table().ngrams() ? features.size() : features.words();
        int labels = data.labels().size();
        // candidates are held in 2 or 4 bytes each, see FewIds
        int id = labels < Character.MAX_VALUE ? Character.BYTES : Integer.BYTES;
        long candidates = (long) data.train().size() * config.train().direct().candidates() * id;
        // rows of labels are counted with 4 bytes a feature and 4 a weight
        long associations = 8L
                * labels
                * Math.min(features.size(), config.train().association().slots());
        return ParameterBytes.of(config, read, labels).total() + candidates + associations;
    }

    @Override
    public Measurement measure(LabelConfig config, int examples, BooleanSupplier timeIsUp) throws IOException {
        // calibration comes after the last epoch and changes no ranking
        LabelConfig trial = Settings.override(config, Map.of("train.calibration.kind", "none"));
        LabelModel model = trial.newModel(data);
        long seed = config.train().seed();
        Examples measured = part(validation, Math.max(VALIDATION_EXAMPLES, examples), seed);
        Watch watch = new Watch(timeIsUp);
        LabelTrainer trainer = new LabelTrainer(trial.train(), trial.rewire(), workers, watch, temporary);
        if (encoder != null) {
            trainer.startingFrom(encoder);
        }
        trainer.preparing(setup);
        List<EpochReport> epochs = trainer.train(model, part(data.train(), examples, seed), Optional.of(measured));
        Metrics metrics = EpochReport.bestOf(epochs).validation().orElseThrow();
        if (!metrics.propensity().equals(measure.propensity())) {
            metrics = new Evaluation(model, 64, workers, 1, 3, 5)
                    .rank(measured, measure.propensity())
                    .metrics();
        }
        return new Measurement(measure.metric().of(metrics), epochs.size(), watch.trainingNanos / 1e9);
    }

    /** The examples whose hashes are smallest, or all. */
    private static Examples part(Examples all, int count, long seed) {
        return count >= all.size()
                ? all
                : Split.byCount(all, all.size(), count, RandomStream.key(seed, PARTS, 0))
                        .heldOut();
    }

    /** Ends a trial when its time is up, and takes the time of its steps. */
    private final class Watch implements TrainListener {

        private final BooleanSupplier timeIsUp;
        private boolean started;
        private long epochStart;
        private long lastStep;
        private long trainingNanos;

        Watch(BooleanSupplier timeIsUp) {
            this.timeIsUp = timeIsUp;
        }

        @Override
        public void step(StepRecord step) {
            lastStep = System.nanoTime();
            if (!started) {
                started = true;
                epochStart = lastStep;
            }
            if (timeIsUp.getAsBoolean()) {
                throw new OutOfTimeException();
            }
        }

        @Override
        public void progress(StepReport report) {
            listener.progress(report);
        }

        @Override
        public void epoch(EpochReport report) {
            trainingNanos += lastStep - epochStart;
            epochStart = System.nanoTime();
        }
    }
}
