package dev.longtail.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.Tensor;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainObjectiveTest {

    private static final TrainObjective.Measure MEASURE =
            new TrainObjective.Measure(TuneMetric.DEFAULT, Propensity.DEFAULT);

    @TempDir
    private Path folder;

    private TrainingData data(LabelConfig config) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int label = random.nextInt(20);
            lines.add("__label__" + label + " word" + (random.nextInt(3) == 0 ? random.nextInt(20) : label) + " other"
                    + random.nextInt(5));
        }
        Path file = Files.write(folder.resolve("train.txt"), lines);
        return TrainingData.prepare(
                new DataFiles(List.of(file), List.of(), null, null),
                config.dataSettings(),
                folder,
                1,
                ReadListener.NONE);
    }

    private static LabelConfig config(Map<String, String> changes) {
        LabelConfig small = Settings.override(
                LabelConfig.embedding(128, 32), Map.of("dimension", "16", "fanIn", "8", "validationFraction", "0.2"));
        return Settings.override(small, changes);
    }

    @Test
    void onAllExamplesATrialIsWorthWhatTrainingIs() throws IOException {
        LabelConfig config = config(Map.of());
        try (TrainingData data = data(config);
                Workers workers = new Workers(1)) {
            TrainObjective objective = new TrainObjective(data, MEASURE, workers, folder);
            LabelModel model = config.newModel(data);
            List<EpochReport> epochs = new LabelTrainer(
                            config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            double trained =
                    EpochReport.bestOf(epochs).validation().orElseThrow().at(1).precision();
            Objective.Measurement all = objective.measure(config, objective.examples(), () -> false);
            assertThat(all.value()).isEqualTo(trained).isGreaterThan(0.3);
            assertThat(all.epochs()).isEqualTo(epochs.size());
            assertThat(all.growingSeconds()).isPositive();

            Objective.Measurement part = objective.measure(config, 50, () -> false);
            assertThat(part.value()).isLessThan(all.value());
            assertThat(objective.measure(config, 50, () -> false).value()).isEqualTo(part.value());
            assertThatThrownBy(() -> objective.measure(config, 50, () -> true)).isInstanceOf(OutOfTimeException.class);
        }
    }

    @Test
    void otherPropensitiesGiveOtherValues() throws IOException {
        LabelConfig config = config(Map.of());
        TuneMetric metric = new TuneMetric("rawPSP@1");
        try (TrainingData data = data(config);
                Workers workers = new Workers(1)) {
            double usual = new TrainObjective(
                            data, new TrainObjective.Measure(metric, Propensity.DEFAULT), workers, folder)
                    .measure(config, 100, () -> false)
                    .value();
            double other = new TrainObjective(
                            data, new TrainObjective.Measure(metric, Propensity.AMAZON), workers, folder)
                    .measure(config, 100, () -> false)
                    .value();
            assertThat(other).isPositive().isNotEqualTo(usual);
        }
    }

    @Test
    void withoutAValidationPartNothingIsCompared() throws IOException {
        LabelConfig config = config(Map.of("validationFraction", "0"));
        try (TrainingData data = data(config);
                Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> new TrainObjective(data, MEASURE, workers, folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is none");
        }
    }

    @Test
    void theEstimateOfParametersIsExact() throws IOException {
        String sgd = "sgd";
        Map<String, String> plain =
                Map.of("tableOptimizer.kind", sgd, "bodyOptimizer.kind", sgd, "outputOptimizer.kind", sgd);
        List<Map<String, String>> shapes = List.of(
                Map.of(),
                Map.of("table.kind", "hashed", "buckets", "30"),
                Map.of("intermediate", "12", "fanIn", "5"),
                Map.of("intermediate", "40", "intermediateFanIn", "4"),
                Map.of("order", "clusters", "group", "16", "output.weights", "bfloat16"),
                Map.of("output.kind", "dense"),
                Map.of("output.kind", "bottleneck", "rank", "3"),
                Map.of("density", "0.25"));
        LabelConfig usual = config(plain);
        try (TrainingData data = data(usual);
                Workers workers = new Workers(1)) {
            TrainObjective objective = new TrainObjective(data, MEASURE, workers, folder);
            for (Map<String, String> shape : shapes) {
                LabelConfig config = Settings.override(usual, shape);
                long bytes = config.newModel(data).tensors().stream()
                        .filter(tensor -> !tensor.name().contains("order"))
                        .mapToLong(TrainObjectiveTest::bytes)
                        .sum();
                assertThat(objective.bytes(config)).as(shape.toString()).isEqualTo(bytes);
            }
            long parameters = objective.bytes(usual);
            int features = data.features().size();
            long adam = objective.bytes(Settings.override(usual, Map.of("tableOptimizer.kind", "adamw")));
            assertThat(adam - parameters).isEqualTo(2L * features * 16 * Float.BYTES);
            long row = objective.bytes(Settings.override(usual, Map.of("outputOptimizer.kind", "row-adagrad")));
            assertThat((double) row - parameters).isCloseTo(20.0 * Float.BYTES, within(0.0));
        }
    }

    private static long bytes(Tensor tensor) {
        return tensor.elements() * (tensor instanceof Tensor.Chars || tensor instanceof Tensor.Brains ? 2 : 4);
    }
}
