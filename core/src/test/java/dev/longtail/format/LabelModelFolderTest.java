package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelModelFolderTest {

    private static final Provenance PROVENANCE =
            new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());

    @TempDir
    Path folder;

    private LabelConfig config(String output) {
        return Settings.override(
                LabelConfig.embedding(128, 32),
                Map.of(
                        "dimension", "16",
                        "model.output.kind", output,
                        "fanIn", "5",
                        "rank", "3",
                        "intermediate", "20",
                        "validationFraction", "0",
                        "minFrequency", "1",
                        "maxEpochs", "2"));
    }

    private LabelModel train(LabelConfig config, int threads) throws IOException {
        Path file = folder.resolve("train.tsv");
        Files.writeString(
                file,
                "red apples and pears\t<fruit> <colour>\nblue sky\t<colour>\napples\t<fruit>\nsky over sea\t<nature>\n",
                StandardCharsets.UTF_8);
        DataFiles files = new DataFiles(file);
        try (TrainingData data = TrainingData.prepare(files, config.dataSettings(), folder, 1, progress -> {});
                Workers workers = new Workers(threads)) {
            LabelModel model = new LabelModel(
                    config.model(), data.features(), data.labels(), data.train().size());
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.empty());
            return model;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed-fan-in", "dense", "bottleneck", "anchors"})
    void aModelReadBackGivesTheSameAnswers(String output) throws IOException {
        LabelConfig config = config(output);
        LabelModel model = train(config, 1);
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);

        LabelModelFolder.Stored stored = LabelModelFolder.read(folder.resolve("model"));

        assertThat(stored.config()).isEqualTo(config);
        assertThat(stored.model().trainExamples()).isEqualTo(model.trainExamples());
        try (Workers workers = new Workers(1)) {
            for (String text : List.of("apples", "the blue sea", "", "nothing known")) {
                assertThat(new Predictor(stored.model(), 3, workers).suggest(text))
                        .isEqualTo(new Predictor(model, 3, workers).suggest(text));
            }
            assertThat(new Predictor(stored.model(), 3, workers).suggest("apples"))
                    .hasSize(3);
            assertThat(new Predictor(stored.model(), 3, workers).suggest("nothing"))
                    .isEmpty();
        }
    }

    @Test
    void bfloat16WeightsAreReadBack() throws IOException {
        LabelConfig config = Settings.override(config("fixed-fan-in"), Map.of("output.weights", "bfloat16"));
        LabelModel model = train(config, 1);
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);
        LabelModel read = LabelModelFolder.read(folder.resolve("model")).model();
        try (Workers workers = new Workers(1)) {
            for (String text : List.of("apples", "the blue sea")) {
                assertThat(new Predictor(read, 3, workers).suggest(text))
                        .isEqualTo(new Predictor(model, 3, workers).suggest(text));
            }
        }
        assertThat(read.tensors()).filteredOn(Tensor.Brains.class::isInstance).hasSize(1);
    }

    @Test
    void theSameSeedWritesTheSameBytesForAnyNumberOfThreads() throws IOException {
        LabelConfig config = config("fixed-fan-in");
        LabelModelFolder.write(folder.resolve("one"), train(config, 1), config, PROVENANCE, false);
        LabelModelFolder.write(folder.resolve("two"), train(config, 2), config, PROVENANCE, false);
        try (Stream<Path> files = Files.list(folder.resolve("one"))) {
            for (Path file : files.toList()) {
                Path other = folder.resolve("two").resolve(file.getFileName().toString());
                if (file.getFileName().toString().startsWith("model.json")) {
                    assertThat(withoutTime(other)).isEqualTo(withoutTime(file));
                } else {
                    assertThat(Files.mismatch(file, other)).as(file.toString()).isEqualTo(-1);
                }
            }
        }
    }

    private static List<String> withoutTime(Path file) throws IOException {
        boolean sum = file.toString().endsWith(".sha256"); // the sum of a file that holds the time
        return sum
                ? List.of()
                : Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("\"created\""))
                        .toList();
    }

    @Test
    void aModelIsReplacedOnlyWhenThatIsWanted() throws IOException {
        LabelConfig config = config("fixed-fan-in");
        LabelModel model = train(config, 1);
        Path target = folder.resolve("model");
        LabelModelFolder.write(target, model, config, PROVENANCE, false);
        assertThatThrownBy(() -> LabelModelFolder.write(target, model, config, PROVENANCE, false))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is there already");
        LabelModelFolder.write(target, model, config, PROVENANCE, true);
        assertThat(LabelModelFolder.read(target).model().labels().size()).isEqualTo(3);
    }

    /** Settings that ask for other tensors than the file has, in a folder whose checksums are right. */
    @ParameterizedTest
    @CsvSource({
        "dimension, 17, table.rows",
        "output.weights, bfloat16, 'output.weights is F32 [3, 5], the settings ask for BF16 [3, 5]'",
        "fanIn, 4, output.weights",
        "intermediate, 21, body.intermediate.weights",
        "model.output.kind, dense, output.weights",
        "intermediate, 0, body.intermediate"
    })
    void settingsThatDoNotFitTheTensorsAreRefused(String setting, String value, String named) throws IOException {
        LabelConfig config = config("fixed-fan-in");
        LabelModel model = train(config, 1);
        LabelConfig other = Settings.override(config, Map.of(setting, value));
        LabelModelFolder.write(folder.resolve("model"), model, other, PROVENANCE, false);
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aConnectionToAnInputThatDoesNotExistIsRefused() throws IOException {
        LabelConfig config = config("fixed-fan-in");
        LabelModel model = train(config, 1);
        model.tensors().stream()
                .filter(tensor -> tensor.name().equals("output.indices"))
                .forEach(tensor ->
                        ((dev.longtail.matrix.Tensor.Chars) tensor).pages().get(0)[7] = 500);
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("connected to input 500");
    }

    /** Connections of the intermediate layer that move, units that are given up, fan-ins computed from a density. */
    private LabelConfig sparse() {
        return Settings.override(
                config("fixed-fan-in"),
                Map.of(
                        "intermediateFanIn", "6",
                        "rewireIntermediate", "true",
                        "ablation", "0.7",
                        "interval", "1",
                        "rewire.end", "1",
                        "rewire.prune.fraction", "0.5",
                        "density", "0.4",
                        "distribution", "erk"));
    }

    @Test
    void aModelWithASparseIntermediateLayerReadBackGivesTheSameAnswers() throws IOException {
        LabelConfig config = sparse();
        LabelModel model = train(config, 1);
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);

        LabelModelFolder.Stored stored = LabelModelFolder.read(folder.resolve("model"));

        assertThat(((dev.longtail.matrix.Tensor.Ints) tensor(model, "body.intermediate.starts"))
                        .pages()
                        .get(0))
                .as("the test is about units that were given up")
                .contains(-1);
        assertThat(stored.config()).isEqualTo(config);
        // budget 0.4 (16 * 20 + 20 * 3) = 152; e = 152 / (36 + 23) = 2.576; e * 36 / 20 = 4.6 and e * 23 / 3 = 19.75;
        // rounded down 4 and 19 are 137 connections, the 15 left reach for the output layer's third but not for all
        // units
        assertThat(stored.model().config().body().intermediateFanIn()).isEqualTo(4);
        assertThat(stored.model().config().output().fanIn()).isEqualTo(20);
        try (Workers workers = new Workers(1)) {
            for (String text : List.of("apples", "the blue sea", "sky")) {
                assertThat(new Predictor(stored.model(), 3, workers).suggest(text))
                        .isEqualTo(new Predictor(model, 3, workers).suggest(text));
            }
        }
    }

    private static dev.longtail.matrix.Tensor tensor(LabelModel model, String name) {
        return model.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "body.intermediate.starts, 3, 2147483647, starts of unit",
        "body.intermediate.starts, 0, 1, starts of unit",
        "body.intermediate.starts, 0, -7, starts of unit",
        "body.intermediate.fanIn, 0, 0, body.intermediate.fanIn must be",
        "body.intermediate.fanIn, 0, 1000, body.intermediate.fanIn must be"
    })
    void placesOfUnitsThatLieAreRefused(String name, int at, int value, String reason) throws IOException {
        LabelConfig config = Settings.override(sparse(), Map.of("rewire.end", "0"));
        LabelModel model = train(config, 1);
        ((dev.longtail.matrix.Tensor.Ints) tensor(model, name)).pages().get(0)[at] = value;
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aLayerWithoutUnitsIsRefused() throws IOException {
        LabelConfig config = sparse();
        LabelModel model = train(config, 1);
        java.util.Arrays.fill(
                ((dev.longtail.matrix.Tensor.Ints) tensor(model, "body.intermediate.starts"))
                        .pages()
                        .get(0),
                -1);
        LabelModelFolder.write(folder.resolve("model"), model, config, PROVENANCE, false);
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("active units must be at least");
    }
}
