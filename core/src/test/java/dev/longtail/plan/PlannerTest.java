package dev.longtail.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Settings;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.direct.DirectArm;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.Checkpoints;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlannerTest {

    private static final Cost.Clock CLOCK = new Cost.Clock(System::nanoTime);

    @TempDir
    private Path folder;

    private static LabelConfig config(String... changes) {
        LabelConfig small = Settings.override(
                LabelConfig.Preset.BASE.config(),
                Map.of("table.dimension", "32", "output.fanIn", "16", "maxEpochs", "2", "validationFraction", "0"));
        for (int i = 0; i < changes.length; i += 2) {
            small = Settings.override(small, Map.of(changes[i], changes[i + 1]));
        }
        return small;
    }

    private Planner planner(TrainingData data, Workers workers, boolean timed) {
        return planner(data, workers, timed, 1L << 24);
    }

    private Planner planner(TrainingData data, Workers workers, boolean timed, long mostEntries) {
        return new Planner(
                PlanData.of(data, mostEntries),
                new Cost(2, 1),
                new JavaMachine(1L << 32),
                workers,
                new Planner.Tools(CLOCK, folder, timed));
    }

    @Test
    void theModelHasTheSizeThatWasPlanned() throws IOException {
        LabelConfig config = config();
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            RunPlan plan = planner(data, workers, false).plan(config);
            LabelModel model = config.newModel(data);
            List<EpochReport> epochs = new LabelTrainer(
                            config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            Path written = folder.resolve("model");
            LabelModelFolder.write(written, model, config, Provenance.of(data, epochs), false);
            long bytes;
            try (Stream<Path> files = Files.list(written)) {
                bytes = files.mapToLong(file -> file.toFile().length()).sum();
            }
            assertThat(plan.model().total()).isCloseTo(bytes, Percentage.withPercentage(8));
            AssociationArm association = model.association().orElseThrow();
            DirectArm direct = model.direct().orElseThrow();
            assertThat(plan.model().association())
                    .isCloseTo(3L * association.size() + 8L * association.features(), Percentage.withPercentage(10));
            assertThat(plan.model().direct())
                    .isCloseTo(3L * direct.size() + 12L * direct.labels(), Percentage.withPercentage(20));
        }
    }

    @ParameterizedTest
    @CsvSource({"negatives, 8", "association.slots, 0", "table.kind, anchors"})
    void checkpointsHaveTheSizeThatWasPlanned(String setting, String value) throws IOException {
        LabelConfig config =
                config("negatives", "0", "table.anchors.count", "12", "tableOptimizer.kind", "adagrad", setting, value);
        List<Long> sizes = new ArrayList<>();
        CheckpointFolder.Listener listener = new CheckpointFolder.Listener() {
            @Override
            public void kept(Path checkpoint, Checkpoints.Moment moment) {
                sizes.add(checkpoint.resolve("state.safetensors").toFile().length());
            }

            @Override
            public void failed(IOException failure) {
                throw new AssertionError(failure);
            }
        };
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            RunPlan plan = planner(data, workers, false).plan(config);
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .keeping(new CheckpointFolder(
                            folder.resolve("checkpoints"),
                            Settings.toJson(config),
                            Map.of(),
                            new CheckpointFolder.Pace(Duration.ZERO, System::nanoTime),
                            listener))
                    .train(config.newModel(data), data.train(), Optional.ofNullable(data.validation()));
            long most = sizes.stream().mapToLong(Long::longValue).max().orElseThrow();
            // the best parameters are part of one where that epoch is not the latest
            assertThat(plan.checkpointBytes() / 3).isBetween(most * 95 / 100, 2 * most);
            assertThat(plan.alive().bytes(Phase.EMBEDDING, Part.CHECKPOINT)).isEqualTo(1 << 20);
        }
    }

    @Test
    void countsAreThoseOfTheDataHoweverManyExamplesAreHeld() throws IOException {
        LabelConfig config = config();
        try (TrainingData data = PlannedFiles.data(folder, config)) {
            DataShape all = PlanData.of(data, 1L << 24).shape();
            DataShape some = PlanData.of(data, 10_000).shape();
            assertThat(all.examples()).isEqualTo(PlannedFiles.EXAMPLES);
            assertThat(all.validation()).isEqualTo(500);
            assertThat(all.features()).isEqualTo(data.features().size());
            assertThat(all.words()).isEqualTo(data.features().words()).isLessThan(all.features());
            assertThat(all.counted().terms()).isGreaterThan(all.features());
            assertThat(8 * all.entries()).isLessThan(all.storedBytes());
            assertThat(some.entries()).isCloseTo(all.entries(), Percentage.withPercentage(3));
            assertThat(some.occurrences()).isCloseTo(all.occurrences(), Percentage.withPercentage(3));
        }
    }

    @Test
    void withRarerTermsLeftOutCountsAreAsIfTheFilesWereReadAnew() throws IOException {
        LabelConfig config = config();
        LabelConfig cut = config("minFrequency", "5", "minNgramFrequency", "9");
        DataShape quick;
        PlanData fewer;
        try (TrainingData data = PlannedFiles.data(folder, config)) {
            PlanData all = PlanData.of(data, 1L << 24);
            quick = all.shape(cut.text());
            fewer = all.withVocabulary(cut.text());
            assertThat(all.withVocabulary(config.text())).isSameAs(all);
        }
        try (TrainingData data = PlannedFiles.data(folder, cut)) {
            DataShape anew = PlanData.of(data, 1L << 24).shape();
            for (DataShape shape : List.of(quick, fewer.shape())) {
                assertThat(shape.features()).isEqualTo(anew.features());
                assertThat(shape.words()).isEqualTo(anew.words());
                assertThat(shape.entries()).isEqualTo(anew.entries());
                assertThat(shape.storedBytes()).isCloseTo(anew.storedBytes(), Percentage.withPercentage(2));
                assertThat(shape.vocabulary().characters())
                        .isCloseTo(anew.vocabulary().characters(), Percentage.withPercentage(25));
            }
            assertThat(((TextFeatureSpace) fewer.features())
                            .features()
                            .vocabulary()
                            .term(7))
                    .isEqualTo(((TextFeatureSpace) data.features())
                            .features()
                            .vocabulary()
                            .term(7));
        }
    }

    @Test
    void everyPhaseTakesTimeAndMemory() throws IOException {
        LabelConfig config = config();
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            RunPlan plan = planner(data, workers, true).plan(config);
            assertThat(plan.memory().phases().keySet())
                    .containsExactly(
                            Phase.READING,
                            Phase.COUNTING,
                            Phase.CANDIDATES,
                            Phase.EMBEDDING,
                            Phase.DIRECT,
                            Phase.CALIBRATION);
            for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.LEARNING))) { // that is of ratings
                assertThat(plan.time().cost(phase).cpuSeconds())
                        .as(phase.toString())
                        .isPositive();
            }
            assertThat(plan.time().cost(Phase.READING)).isEqualTo(new Cost(2, 1));
            assertThat(plan.memory().bytes(Phase.CANDIDATES, Part.CANDIDATES))
                    .isEqualTo(PlannedFiles.EXAMPLES * 64L * 2);
            assertThat(plan.memory().bytes(Phase.EMBEDDING, Part.INPUT_TABLE))
                    .isEqualTo(data.features().words() * 32L * 4);
            assertThat(plan.memory().bytes(Phase.DIRECT, Part.INPUT_TABLE))
                    .isEqualTo(data.features().words() * 32L);
            long most = plan.alive().peak();
            assertThat(plan.leastMemory())
                    .isBetween(JavaMachine.OUTSIDE + most, JavaMachine.OUTSIDE + (32L << 20) + most * 11 / 10);
            assertThat(plan.temporaryBytes()).isGreaterThan(plan.data().storedBytes());

            LabelConfig twice = Settings.override(config, Map.of("maxEpochs", "4"));
            double epochs = plan.time().cost(Phase.EMBEDDING).cpuSeconds();
            assertThat(new TimeModel(
                                    new Probed(
                                            config,
                                            PlanData.of(data, 1L << 24),
                                            Cost.NONE,
                                            ArmProbe.Result.NONE,
                                            new StepProbe.Result(new Cost(1, 1), Cost.NONE)),
                                    twice,
                                    plan.data(),
                                    ArmShape.NONE)
                            .plan(0)
                            .cost(Phase.EMBEDDING)
                            .cpuSeconds())
                    .isCloseTo(4 * 1.1 * Math.ceil(6000 / 64.0), within(1e-6));
            assertThat(epochs).isPositive();
        }
    }

    @Test
    void withoutAnEmbeddingArmThereIsNoneInThePlan() throws IOException {
        LabelConfig config = config("model.embedding", "false");
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            RunPlan plan = planner(data, workers, true).plan(config);
            assertThat(plan.memory().phases()).doesNotContainKey(Phase.EMBEDDING);
            assertThat(plan.memory().bytes(Phase.DIRECT, Part.INPUT_TABLE)).isZero();
            assertThat(plan.time().phases()).doesNotContainKey(Phase.EMBEDDING);
            assertThat(plan.model().table()).isZero();
            assertThat(plan.model().direct()).isPositive();
        }
    }

    @Test
    void anEmbeddingArmAloneHasNoOtherArms() throws IOException {
        LabelConfig config = Settings.override(
                LabelConfig.embedding(64, 16), Map.of("dimension", "32", "fanIn", "16", "validationFraction", "0"));
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            RunPlan plan = planner(data, workers, true).plan(config);
            assertThat(plan.memory().phases().keySet())
                    .containsExactly(Phase.READING, Phase.EMBEDDING, Phase.CALIBRATION);
            assertThat(plan.model().association()).isZero();
            assertThat(plan.model().direct()).isZero();
            assertThat(plan.time().cost(Phase.EMBEDDING).cpuSeconds()).isPositive();
        }
    }

    @Test
    void settingsThatWereChosenFitWhenTheyAreTried() throws IOException, NothingFitsException {
        LabelConfig config = config();
        try (TrainingData data = PlannedFiles.data(folder, config);
                Workers workers = new Workers(2)) {
            Planner planner = planner(data, workers, false);
            RunPlan plan = planner.plan(config);
            Budget budget = new Budget(Long.MAX_VALUE, plan.model().total() * 3 / 4, Double.POSITIVE_INFINITY);
            FittedPlan<RunPlan> fitted = planner.fit(config, Set.of("model.output.fanIn"), budget);
            assertThat(fitted.changes()).isNotEmpty();
            assertThat(fitted.plan().config().model().output().fanIn()).isEqualTo(16);
            assertThat(fitted.plan().model().total()).isLessThan(budget.modelBytes());
            assertThat(planner.plan(fitted.plan().config()).model().total()).isLessThan(budget.modelBytes());
        }
    }
}
