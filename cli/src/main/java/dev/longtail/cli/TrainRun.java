package dev.longtail.cli;

import dev.longtail.anchor.KnownObjects;
import dev.longtail.anchor.NumberedFeatures;
import dev.longtail.anchor.TextSources;
import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.data.DataFiles;
import dev.longtail.data.Examples;
import dev.longtail.data.ReadReport;
import dev.longtail.data.SourceFile;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.kernel.Vectors;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceCache;
import dev.longtail.relation.TextCorpus;
import dev.longtail.table.AnchorSetup;
import dev.longtail.table.InputTable;
import dev.longtail.table.TableConfig;
import dev.longtail.text.VocabularyBuilder.Pruning;
import dev.longtail.train.Checkpoints;
import dev.longtail.train.EpochReport;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.tune.TuneResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** From files to a model folder. */
final class TrainRun {

    private final Console console;
    private final int threads;
    private final Path temporary;

    /** @param temporary folder for temporary files */
    TrainRun(Console console, int threads, Path temporary) {
        this.console = console;
        this.threads = threads;
        this.temporary = temporary;
    }

    /**
     * What to do.
     *
     * @param propensity of the validation measures
     * @param encoder model whose features, table and body are taken over, null for none
     * @param log        file for the course of the run, null for none
     * @param tune       search that chooses the settings, starting from {@code config}; null for none
     * @param given      what the input table is given beside its settings
     * @param cache      folder of counted co-occurrences, null for none
     * @param encoderFrom folder of {@code encoder}, null for none
     * @param checkpoints where the state of the run is kept, null for nowhere
     */
    record Plan(
            DataFiles files,
            LabelConfig config,
            Propensity propensity,
            ModelTarget target,
            @Nullable LabelModel encoder,
            @Nullable Path log,
            TuneOptions.@Nullable Plan tune,
            TableFiles given,
            @Nullable Path cache,
            @Nullable Path encoderFrom,
            @Nullable RunCheckpoints checkpoints) {

        /** Without the encoder of another model. */
        Plan(DataFiles files, LabelConfig config, Propensity propensity, ModelTarget target) {
            this(
                    files,
                    config,
                    propensity,
                    target,
                    null,
                    null,
                    null,
                    TableFiles.none(TableOptions.TAG),
                    null,
                    null,
                    null);
        }

        /** With these settings and without a search for others. */
        Plan withSettings(LabelConfig settings) {
            return new Plan(
                    files, settings, propensity, target, encoder, log, null, given, cache, encoderFrom, checkpoints);
        }

        /** With checkpoints. */
        Plan keeping(@Nullable RunCheckpoints states) {
            return new Plan(files, config, propensity, target, encoder, log, tune, given, cache, encoderFrom, states);
        }

        TrainingData.Settings dataSettings() {
            return new TrainingData.Settings(config.text(), config.data(), encoder == null ? null : encoder.features());
        }
    }

    /**
     * What came out.
     *
     * @param config     settings of the model, as given or as the search found them
     * @param epochTime  of training alone, the median of the epochs
     * @param validation measures of the model as it was written, empty without a validation part
     * @param tune       the search that chose the settings, empty when they were given
     */
    record Outcome(
            LabelModel model,
            LabelConfig config,
            List<EpochReport> epochs,
            EpochTimes.Time epochTime,
            Optional<Metrics> validation,
            Optional<TuneResult> tune,
            long modelBytes) {

        /** Passes of the embedding arm over the training examples, 0 where there is no such arm. */
        int epochCount() {
            return (int) epochs.stream().filter(report -> report.epoch() > 0).count();
        }

        /** Puts everything but cost and measures into an object. */
        void into(ObjectNode object) {
            object.put("modelBytes", modelBytes);
            object.put("epochs", epochCount());
            object.put("bestEpoch", best().epoch());
            object.put("secondsPerEpoch", epochTime.seconds());
            object.put("cpuSecondsPerEpoch", epochTime.cpuSeconds());
            object.put("loss", best().loss());
            object.put("moved", epochs.stream().mapToLong(EpochReport::moved).sum());
            object.put("labels", model.labels().size());
            object.put("features", model.features().size());
            object.put("trainExamples", model.trainExamples());
            tune.ifPresent(search -> object.set("tune", search.toJson()));
        }

        /** The epoch whose parameters were kept. */
        EpochReport best() {
            return EpochReport.bestOf(epochs);
        }
    }

    Outcome run(Plan asked) throws IOException {
        try (ProgressDisplay progress = ProgressDisplay.on(console);
                RunWatch watch = new RunWatch(progress, asked.log(), resumed(asked));
                TrainingData data = prepare(asked, progress);
                Workers workers = new Workers(threads)) {
            progress.clear();
            describe(data);
            TableSetup tables = new TableSetup(console, progress, workers);
            AnchorSetup setup = prepare(asked, data, progress, tables);
            TuneRun search = new TuneRun(console, progress, workers, temporary).preparing(setup);
            Optional<TuneResult> tune = tune(asked, data, search);
            Plan plan = tune.map(found -> asked.withSettings(found.winner().config()))
                    .orElse(asked);
            LabelModel model = newModel(data, plan);
            describe(model);
            watch.start(data, plan.config());
            LabelTrainer trainer =
                    new LabelTrainer(plan.config().train(), plan.config().rewire(), workers, watch, temporary);
            if (plan.encoder() != null) {
                trainer.startingFrom(plan.encoder());
            }
            List<SourceFile> more = new ArrayList<>(tables.read());
            more.addAll(RunOrigin.encoder(plan));
            trainer.preparing(setup).keeping(checkpoints(plan, data, more, progress));
            List<EpochReport> epochs = trainer.train(model, data.train(), Optional.ofNullable(data.validation()));
            progress.clear();
            describeCalibration(model, plan.config());
            Outcome unmeasured =
                    new Outcome(model, plan.config(), epochs, watch.epochTime(), Optional.empty(), tune, 0);
            Optional<Metrics> validation = validation(plan, data, unmeasured, workers);
            write(plan, Provenance.of(data, epochs).withFiles(more), unmeasured, validation);
            if (plan.checkpoints() != null) {
                plan.checkpoints().done();
            }
            long bytes = ModelTarget.bytes(plan.target().folder());
            return new Outcome(model, plan.config(), epochs, watch.epochTime(), validation, tune, bytes);
        }
    }

    private static boolean resumed(Plan plan) {
        return plan.checkpoints() != null && plan.checkpoints().isResumed();
    }

    private static Checkpoints checkpoints(
            Plan plan, TrainingData data, List<SourceFile> more, ProgressDisplay progress) throws IOException {
        if (plan.checkpoints() == null) {
            return Checkpoints.NONE;
        }
        List<SourceFile> files = new ArrayList<>(data.sourceFiles());
        files.addAll(more);
        return plan.checkpoints().open(plan.config(), files, progress::clear);
    }

    private TrainingData prepare(Plan plan, ProgressDisplay progress) throws IOException {
        try {
            return TrainingData.prepare(
                    plan.files(),
                    plan.dataSettings(),
                    temporary,
                    plan.config().train().seed(),
                    progress);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e); // settings and data that do not go together
        }
    }

    /** Anchors and relations, which a table that is taken over has been trained with. */
    private AnchorSetup prepare(Plan plan, TrainingData data, ProgressDisplay progress, TableSetup tables)
            throws IOException {
        TableConfig table = plan.config().model().table();
        boolean none = !table.anchors().needsSetup() && plan.given().relations().isEmpty();
        if (plan.encoder() != null || table.kind() != TableConfig.Kind.ANCHORS || none) {
            return AnchorSetup.NONE;
        }
        int rows = table.ngrams() ? data.features().size() : data.features().words();
        KnownObjects known = new NumberedFeatures(rows, data.train());
        if (data.features() instanceof TextFeatureSpace texts) {
            DataFiles files = plan.files();
            TextCorpus corpus = new TextCorpus(
                    files.train(),
                    files.format(),
                    plan.config().text().lowerCase(),
                    texts.features().vocabulary());
            TextSources words = new TextSources(corpus, rows, table.anchors().cooccurrence(), progress);
            known = plan.cache() == null ? words : words.keeping(new CooccurrenceCache(plan.cache()));
        }
        InputTable tried = newModel(data, plan).table();
        TableSetup.Objects objects = new TableSetup.Objects(known, data.features()::name);
        return tables.find(tried, objects, plan.given(), plan.config().train().seed());
    }

    private static Optional<TuneResult> tune(Plan plan, TrainingData data, TuneRun run) throws IOException {
        if (plan.tune() == null) {
            return Optional.empty();
        }
        long seed = plan.config().train().seed();
        return Optional.of(run.run(plan.tune(), data, plan.propensity(), seed, plan.encoder()));
    }

    private static LabelModel newModel(TrainingData data, Plan plan) {
        try {
            LabelModel model = plan.config().newModel(data);
            if (plan.encoder() != null) {
                model.takeEncoder(plan.encoder()); // for its checks: training does it again after drawing first values
            }
            return model;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void describe(TrainingData data) {
        SkipReport.print(data.trainReport(), console);
        ReadReport ofValidation = data.validationReport();
        if (ofValidation != null) {
            SkipReport.print(ofValidation, console);
        }
        Pruning pruning = data.pruning();
        if (pruning.times() > 0) {
            console.message("rare words were dropped while counting, so counts may be too low by up to "
                    + Texts.count(pruning.undercount()) + "; raise maxVocabularyEntries to keep them");
        }
        Examples validation = data.validation();
        String names =
                data.nameExamples() == 0 ? "" : " (" + Texts.count(data.nameExamples()) + " of them names of labels)";
        console.message(Texts.count(data.train().size()) + " examples to learn from" + names + ", "
                + Texts.count(validation == null ? 0 : validation.size()) + " to validate on, "
                + Texts.count(data.labels().size()) + " labels, "
                + Texts.count(data.features().size()) + " features");
    }

    private void describe(LabelModel model) {
        console.message("training with " + ModelFacts.layers(model) + ", " + threads
                + (threads == 1 ? " thread" : " threads") + ", kernels " + Vectors.name());
    }

    private void describeCalibration(LabelModel model, LabelConfig config) {
        if (model.calibration().isPresent()) {
            Calibration calibration = model.calibration().get();
            console.message(
                    "probabilities are calibrated on the validation part, " + ModelFacts.kind(calibration) + "; "
                            + Texts.count(calibration.shiftedLabels()) + " labels with a correction of their own, "
                            + Texts.count(calibration.thresholdLabels()) + " with thresholds of their own");
        } else if (config.train().calibration().kind() != CalibrationConfig.Kind.NONE) {
            console.message("there is no validation part, so probabilities are not calibrated");
        }
    }

    private Optional<Metrics> validation(Plan plan, TrainingData data, Outcome outcome, Workers workers) {
        Optional<Metrics> measured = outcome.best().validation();
        Examples examples = data.validation();
        if (examples == null
                || measured.isEmpty()
                || measured.get().propensity().equals(plan.propensity())) {
            return measured;
        }
        Evaluation evaluation = new Evaluation(outcome.model(), 64, workers, 1, 3, 5);
        return Optional.of(evaluation.rank(examples, plan.propensity()).metrics());
    }

    private static void write(Plan plan, Provenance origin, Outcome outcome, Optional<Metrics> validation)
            throws IOException {
        Provenance provenance = origin.withValidation(
                        validation.map(Metrics::toMap).orElse(Map.of()))
                .withTune(outcome.tune())
                .withOptions(RunOrigin.of(plan));
        LabelModelFolder.write(
                plan.target().folder(),
                outcome.model(),
                plan.config(),
                provenance,
                plan.target().replaceable());
    }
}
