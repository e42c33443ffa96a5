package dev.longtail.cli;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.InputException;
import dev.longtail.data.DataEncoder;
import dev.longtail.data.DataFormat;
import dev.longtail.data.EncodedExamples;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.ShrunkProvenance;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.PairedBootstrap;
import dev.longtail.metrics.PairedDifference;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.shrink.ModelShrinker;
import dev.longtail.shrink.ShrinkConfig;
import dev.longtail.train.CalibrationPass;
import dev.longtail.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a model folder to a smaller one, and what that costs. */
final class ShrinkRun {

    private final Console console;
    private final int threads;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    ShrinkRun(Console console, int threads, Path temporary) {
        this.console = console;
        this.threads = threads;
        this.temporary = temporary;
    }

    /**
     * What to do.
     *
     * @param source folder of the model
     * @param stored what was read from it
     */
    record Plan(Path source, LabelModelFolder.Stored stored, ShrinkConfig config, ModelTarget target, Data data) {}

    /** Examples. @param format of the files, null to recognise it */
    record Data(
            List<Path> validate, List<Path> test, @Nullable DataFormat format) {}

    /**
     * What came out.
     *
     * @param differences of the smaller model from the first; empty when they were not measured
     */
    record Outcome(ModelParts before, ModelParts after, boolean calibrated, List<PairedDifference> differences) {}

    /** Words of a model that could be left out. */
    static int terms(LabelModel model) {
        return model.features() instanceof TextFeatureSpace text
                ? text.features().vocabulary().size()
                : model.features().size();
    }

    Outcome run(Plan plan) throws IOException {
        ModelShrinker.Shrunk shrunk = shrink(plan);
        LabelModel before = plan.stored().model();
        LabelModel after = shrunk.model();
        try (Workers workers = new Workers(threads)) {
            Optional<Metrics> validation = calibrate(plan, shrunk, workers);
            ShrunkProvenance provenance = ShrunkProvenance.of(plan.source(), plan.stored(), plan.config(), validation);
            Path folder = plan.target().folder();
            LabelModelFolder.write(
                    folder, after, shrunk.config(), provenance, plan.target().replaceable());
            return new Outcome(
                    ModelParts.of(before, plan.source()),
                    ModelParts.of(after, folder),
                    after.calibration().isPresent(),
                    compare(plan, before, after, workers));
        }
    }

    private static ModelShrinker.Shrunk shrink(Plan plan) {
        try {
            return new ModelShrinker(plan.stored().model(), plan.stored().config()).shrink(plan.config());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Calibrates on validation files and measures there; else tells what becomes of the calibration. */
    private Optional<Metrics> calibrate(Plan plan, ModelShrinker.Shrunk shrunk, Workers workers) throws IOException {
        LabelModel model = shrunk.model();
        CalibrationConfig config = shrunk.config().train().calibration();
        boolean wanted = config.kind() != CalibrationConfig.Kind.NONE;
        if (!plan.data().validate().isEmpty()) {
            try (ProgressDisplay progress = ProgressDisplay.on(console);
                    EncodedExamples encoded = encoded(model, plan.data().validate(), plan, progress)) {
                WatchedExamples examples = new WatchedExamples(encoded.examples(), progress);
                Optional<Calibration> calibration = wanted
                        ? new CalibrationPass(model, config, WatchedExamples.BATCH, workers).fit(examples)
                        : Optional.empty();
                model.calibrate(calibration);
                Metrics metrics = rank(model, encoded, progress, workers).metrics();
                progress.clear();
                console.message(
                        calibration.isPresent()
                                ? "probabilities are calibrated anew on the validation files"
                                : "the model was trained without calibration, and stays so");
                return Optional.of(metrics);
            } catch (IllegalStateException e) {
                throw unlabelled(plan.data().validate(), e);
            }
        }
        if (model.calibration().isPresent()) {
            console.message("only the bits change, so the calibration of the first model is kept;"
                    + " --validate F calibrates anew");
        } else if (plan.stored().model().calibration().isPresent()) {
            console.message("probabilities are no longer calibrated, because scores have changed; --validate F"
                    + " calibrates anew");
        }
        return Optional.empty();
    }

    private List<PairedDifference> compare(Plan plan, LabelModel before, LabelModel after, Workers workers)
            throws IOException {
        if (plan.data().test().isEmpty()) {
            return List.of();
        }
        try {
            RankingEvaluation first = measured(plan, after, workers);
            RankingEvaluation second = measured(plan, before, workers);
            return new PairedBootstrap(Bootstrap.DEFAULT)
                    .compare(first, second).stream()
                            .filter(difference -> difference.name().startsWith("P@")
                                    || difference.name().equals("PSP@5"))
                            .toList();
        } catch (IllegalStateException e) {
            throw unlabelled(plan.data().test(), e);
        }
    }

    private RankingEvaluation measured(Plan plan, LabelModel model, Workers workers) throws IOException {
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                EncodedExamples encoded = encoded(model, plan.data().test(), plan, progress)) {
            RankingEvaluation ranked = rank(model, encoded, progress, workers);
            progress.clear();
            return ranked;
        }
    }

    private EncodedExamples encoded(LabelModel model, List<Path> files, Plan plan, ProgressDisplay progress)
            throws IOException {
        return new DataEncoder(model.features(), model.labels(), temporary, progress)
                .encode(files, plan.data().format(), DataEncoder.Purpose.EVALUATE);
    }

    private static RankingEvaluation rank(
            LabelModel model, EncodedExamples encoded, ProgressDisplay progress, Workers workers) {
        return new Evaluation(model, WatchedExamples.BATCH, workers, 1, 3, 5)
                .rank(new WatchedExamples(encoded.examples(), progress), Propensity.DEFAULT);
    }

    private static InputException unlabelled(List<Path> files, IllegalStateException e) {
        return new InputException(files.get(0).toString(), 0, String.valueOf(e.getMessage()), e);
    }
}
