package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.EpochReport;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Models whose table and output weights are stored in 8 bits. */
class ByteModelTest {

    private static final Provenance PROVENANCE =
            new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());

    @TempDir
    Path folder;

    private static LabelConfig config(String... settings) {
        return FruitModels.config(
                Map.of(
                        "dimension", "16",
                        "fanIn", "5",
                        "rank", "3",
                        "intermediate", "20",
                        "maxEpochs", "2",
                        "storedBits", "8"),
                settings);
    }

    private LabelModel train(LabelConfig config) throws IOException {
        return FruitModels.train(config, folder, FruitModels.EXAMPLES, 1);
    }

    private Path write(LabelModel model, LabelConfig config) throws IOException {
        Path path = folder.resolve("model");
        LabelModelFolder.write(path, model, config, PROVENANCE, true);
        return path;
    }

    private static List<Suggestion> suggest(LabelModel model, String text) {
        try (Workers workers = new Workers(1)) {
            return new Predictor(model, 3, workers).suggest(text);
        }
    }

    private static Tensor tensor(LabelModel model, String name) {
        return model.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.output.kind=fixed-fan-in",
                "model.output.kind=dense",
                "model.output.kind=bottleneck",
                "output.weights=bfloat16",
                "output.order=random-clusters",
                "table.kind=hashed"
            })
    void aModelReadBackGivesTheSameAnswers(String setting) throws IOException {
        LabelConfig config = config(setting);
        LabelModel model = train(config);
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(model, config));
        assertThat(stored.config()).isEqualTo(config);
        for (String text : List.of("apples", "the blue sea", "", "nothing known")) {
            assertThat(suggest(stored.model(), text)).isEqualTo(suggest(model, text));
        }
        assertThat(stored.model().tensors())
                .filteredOn(Tensor.Bytes.class::isInstance)
                .hasSize(2);
        assertThat(stored.model().tensors()).noneMatch(Tensor.Brains.class::isInstance);
    }

    /** The file is the specification: numbers are scale times byte, and scores what floats of these give. */
    @Test
    void predictionsAreThoseOfTheNumbersThatTheBytesStandFor() throws IOException {
        LabelConfig config = config("intermediate=0", "fanIn=16");
        LabelModel bytes = train(config);
        LabelConfig floats = Settings.override(config, Map.of("storedBits", "32"));
        LabelModel other = new LabelModel(floats.model(), bytes.features(), bytes.labels(), bytes.trainExamples());
        dequantise(bytes, "table", other);
        dequantise(bytes, "output", other);
        copy(bytes, "output.bias", other);
        copy(bytes, "output.indices", other);
        for (String text : List.of("apples", "the blue sea", "red apples and pears over the sky")) {
            List<Suggestion> expected = suggest(other, text);
            List<Suggestion> actual = suggest(bytes, text);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).id()).isEqualTo(expected.get(i).id());
                assertThat(actual.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5f));
            }
        }
    }

    private static void dequantise(LabelModel from, String end, LabelModel to) {
        String name = end.equals("table") ? "table.rows" : "output.weights";
        byte[] bytes = ((Tensor.Bytes) tensor(from, name)).pages().get(0);
        float[] scales = ((Tensor.Floats) tensor(from, end + ".scales")).pages().get(0);
        float[] floats = ((Tensor.Floats) tensor(to, name)).pages().get(0);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = bytes[i] * scales[i / (floats.length / scales.length)];
        }
    }

    private static void copy(LabelModel from, String name, LabelModel to) {
        Object page = TensorPages.of(tensor(from, name)).get(0);
        System.arraycopy(page, 0, TensorPages.of(tensor(to, name)).get(0), 0, TensorPages.length(page));
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        LabelConfig config = config("dimension=4", "fanIn=2", "intermediate=0");
        Path model = write(train(config), config);
        Path file = model.resolve(LabelModelFolder.TENSORS);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = bytes.length - 120; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> LabelModelFolder.read(model))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("SHA-256");
        }
    }

    @ParameterizedTest
    @CsvSource({"table.scales, NaN", "table.scales, -1", "output.scales, Infinity", "output.scales, -0.001"})
    void scalesThatCannotBeAreRefused(String name, float wrong) throws IOException {
        LabelConfig config = config();
        LabelModel model = train(config);
        ((Tensor.Floats) tensor(model, name)).pages().get(0)[1] = wrong;
        Path path = write(model, config);
        assertThatThrownBy(() -> LabelModelFolder.read(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("scale of row 1");
    }

    @Test
    void settingsThatDoNotFitTheTensorsAreRefused() throws IOException {
        LabelConfig bytes = config();
        LabelConfig floats = config("storedBits=32");
        Path wrong = write(train(bytes), floats);
        assertThatThrownBy(() -> LabelModelFolder.read(wrong))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("table.rows is I8 [8, 16], the settings ask for F32 [8, 16]");
        Path other = write(train(floats), bytes);
        assertThatThrownBy(() -> LabelModelFolder.read(other))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("table.rows is F32");
        assertThatThrownBy(() -> config("storedBits=4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("storedBits must be 32 or 8, got 4");
    }

    @Test
    void aFolderOfAnOlderReleaseHoldsWhatWasTrained() throws IOException {
        LabelConfig config = config("storedBits=32");
        LabelModel model = train(config);
        ObjectNode settings = Settings.toJson(config);
        ((ObjectNode) settings.path("model")).remove("storedBits");
        ((ObjectNode) settings.path("model").path("table").path("anchors"))
                .remove(List.of("start", "relations", "cooccurrence"));
        ObjectNode manifest = settings.objectNode();
        manifest.set("settings", settings);
        assertThat(Settings.fromJson(LabelConfig.class, OlderSettings.completed(manifest)))
                .isEqualTo(config);
        assertThat(model.tensors()).noneMatch(Tensor.Bytes.class::isInstance);
    }

    @Test
    void anotherModelMayStartFromItsEncoder() throws IOException {
        LabelModel bytes = train(config());
        LabelConfig config = config("storedBits=32");
        LabelModel model = new LabelModel(config.model(), bytes.features(), bytes.labels(), bytes.trainExamples());
        model.takeEncoder(bytes);
        float[] rows = ((Tensor.Floats) tensor(model, "table.rows")).pages().get(0);
        byte[] source = ((Tensor.Bytes) tensor(bytes, "table.rows")).pages().get(0);
        float[] scales = ((Tensor.Floats) tensor(bytes, "table.scales")).pages().get(0);
        for (int i = 0; i < rows.length; i++) {
            assertThat(rows[i]).isEqualTo(scales[i / 16] * source[i]);
        }
    }

    @Test
    void itCannotBeTrainedAgain() throws IOException {
        LabelModel bytes = train(config());
        assertThatThrownBy(() -> bytes.initialise(Optional.empty(), 1)).isInstanceOf(IllegalStateException.class);
    }

    /** What is calibrated and reported is the model as it is stored. */
    @Test
    void calibrationAndFiguresAreOfTheStoredModel() throws IOException {
        LabelConfig config = config("validationExamples=30", "maxEpochs=1", "intermediate=0");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            lines.append("word")
                    .append(i % 7)
                    .append(" thing")
                    .append(i % 11)
                    .append("\t<l")
                    .append(i % 5)
                    .append(">\n");
        }
        Path file = folder.resolve("more.tsv");
        Files.writeString(file, lines, StandardCharsets.UTF_8);
        AtomicReference<EpochReport> heard = new AtomicReference<>();
        try (TrainingData data =
                        TrainingData.prepare(new DataFiles(file), config.dataSettings(), folder, 1, progress -> {});
                Workers workers = new Workers(1)) {
            LabelModel model = config.newModel(data);
            TrainListener listener = new TrainListener() {
                @Override
                public void epoch(EpochReport report) {
                    heard.set(report);
                }
            };
            List<EpochReport> reports = new LabelTrainer(config.train(), config.rewire(), workers, listener, folder)
                    .train(model, data.train(), Optional.of(data.validation()));
            assertThat(tensor(model, "table.rows")).isInstanceOf(Tensor.Bytes.class);
            assertThat(model.calibration()).isPresent();
            assertThat(reports.get(0).validation().orElseThrow().toMap())
                    .isEqualTo(new Evaluation(model, 64, workers, 1, 3, 5)
                            .rank(data.validation(), dev.longtail.metrics.Propensity.DEFAULT)
                            .metrics()
                            .toMap());
            assertThat(heard.get().validation()).isPresent();
        }
    }

    @Test
    void theFolderIsSmaller() throws IOException {
        long bytes = size(write(train(config("dimension=256")), config("dimension=256")));
        LabelConfig floats = config("dimension=256", "storedBits=32");
        long before = size(write(train(floats), floats));
        // eight words of 256 numbers that take three bytes less each, but for the scales; the intermediate layer stays
        assertThat(before - bytes).isBetween(8 * 256 * 3 - 400L, 8 * 256 * 3 + 400L);
    }

    private static long size(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
