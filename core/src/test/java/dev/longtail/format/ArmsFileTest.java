package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Models of several arms in model folders. */
class ArmsFileTest {

    private static final String NAME = "arms.safetensors";
    private static final Provenance PROVENANCE =
            new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());

    @TempDir
    Path folder;

    private static LabelConfig config(String settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "dimension", "16",
                "fanIn", "5",
                "validationExamples", "60",
                "validationFraction", "0",
                "minFrequency", "1",
                "maxEpochs", "2",
                "wordNgrams", "2",
                "association.slots", "20",
                "direct.candidates", "6",
                "direct.smallest", "0.01"));
        for (String setting : settings.trim().split(" +", -1)) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(LabelConfig.embedding(128, 32), values);
    }

    private static LabelConfig allArms() {
        return config("train.negatives=4");
    }

    private LabelModel train(LabelConfig config, int threads) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int label = i * 7 % 10;
            lines.add("word" + label + " and word" + i % 9 + "\t<l" + (i % 4 == 0 ? i % 10 : label) + ">");
        }
        Path file = Files.write(folder.resolve("train.tsv"), lines, StandardCharsets.UTF_8);
        try (TrainingData data =
                        TrainingData.prepare(new DataFiles(file), config.dataSettings(), folder, 1, progress -> {});
                Workers workers = new Workers(threads)) {
            LabelModel model = config.newModel(data);
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            return model;
        }
    }

    private Path write(LabelModel model, LabelConfig config) throws IOException {
        Path target = folder.resolve("model");
        LabelModelFolder.write(target, model, config, PROVENANCE, true);
        return target;
    }

    private static List<Suggestion> suggest(LabelModel model, String text) {
        try (Workers workers = new Workers(1)) {
            return new Predictor(model, 4, workers).suggest(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train.negatives=4",
                "train.negatives=4 storedBits=8 table.ngrams=false",
                "train.negatives=4 model.output.kind=bottleneck",
                "model.embedding=false",
                "model.embedding=false storedBits=8",
                "model.embedding=false direct.smallest=1000",
                "association.slots=0"
            })
    void aModelReadBackGivesTheSameAnswers(String settings) throws IOException {
        LabelConfig config = config(settings);
        LabelModel model = train(config, 1);
        Path target = write(model, config);
        LabelModelFolder.Stored stored = LabelModelFolder.read(target);
        LabelModel read = stored.model();

        assertThat(stored.config()).isEqualTo(config);
        assertThat(target.resolve(NAME)).isNotEmptyFile();
        assertThat(read.mixture()).isEqualTo(model.mixture());
        assertThat(read.association().isPresent())
                .isEqualTo(config.train().association().isOn());
        assertThat(read.tensors()).hasSameSizeAs(model.tensors());
        assertThat(read.calibration()).isPresent();
        for (String text : List.of("word1", "word2 and word3", "and", "word4 and", "nothing known", "")) {
            assertThat(suggest(read, text)).isEqualTo(suggest(model, text));
        }
        assertThat(suggest(read, "word1")).isNotEmpty();
        assertThat(suggest(read, "nothing known")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.negatives=4", "model.embedding=false"})
    void theSameSeedWritesTheSameBytesForAnyNumberOfThreads(String settings) throws IOException {
        LabelConfig config = config(settings);
        List<Map<String, Integer>> hashes = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            Path target = write(train(config, threads), config);
            Map<String, Integer> hashesOfOne = new HashMap<>();
            for (String name : List.of(NAME, LabelModelFolder.TENSORS, CalibrationFile.NAME, LabelModelFolder.LABELS)) {
                hashesOfOne.put(
                        name,
                        ByteBuffer.wrap(Files.readAllBytes(target.resolve(name)))
                                .hashCode());
            }
            hashes.add(hashesOfOne);
        }
        assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        LabelConfig config = allArms();
        Path file = write(train(config, 1), config).resolve(NAME);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 1 + bytes.length / 200) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(NAME)
                    .hasMessageContaining("SHA-256");
        }
        Files.delete(file);
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(NAME);
    }

    private static List<Tensor> tensors(LabelModel model, Tensor mixture) {
        List<Tensor> tensors = new ArrayList<>(model.direct().orElseThrow().tensors());
        model.association().ifPresent(arm -> tensors.addAll(arm.tensors()));
        tensors.add(mixture);
        return tensors;
    }

    private static Tensor mixture(float... weights) {
        return new Tensor.Floats("mixture", List.of((long) weights.length), List.of(weights));
    }

    @Test
    void tensorsThatAreMissingOrTooManyAreRefused() throws IOException {
        LabelConfig config = allArms();
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config, 1), config));
        List<Tensor> all = tensors(stored.model(), mixture(0.5f, 0.2f, 0.3f));
        assertThat(all).hasSize(12);
        for (int i = 0; i < all.size(); i++) {
            List<Tensor> less = new ArrayList<>(all);
            String name = less.remove(i).name();
            rewrite(stored.manifest(), less);
            // a message about a missing tensor says which tensors there are, or which one there is not
            assertRefused(name.substring(0, name.contains(".") ? name.indexOf('.') : name.length()));
        }
        Map<String, String> messages = Map.of(
                "more", "and nothing else",
                "mixture.more", "and nothing else",
                "direct.more", "the direct arm must be of 6 tensors",
                "association.more", "the association arm must be of 5 tensors");
        for (Map.Entry<String, String> more : messages.entrySet()) {
            List<Tensor> tensors = new ArrayList<>(all);
            tensors.add(new Tensor.Floats(more.getKey(), List.of(1L), List.of(new float[1])));
            rewrite(stored.manifest(), tensors);
            assertRefused(more.getValue());
        }
        rewrite(stored.manifest(), all);
        assertThat(LabelModelFolder.read(folder.resolve("model")).model().mixture())
                .isEqualTo(new Mixture(0.5f, 0.2f, 0.3f));
    }

    /** Tensors that are not one of the three numbers that a mixture is. */
    @ParameterizedTest
    @CsvSource({
        "'0.5 0.5', 'mixture of 3 numbers'",
        "'0.5 0.2 0.2 0.1', 'mixture of 3 numbers'",
        "'0 0 0', 'weights of the arms must be above 0'",
        "'0.5 -0.1 0.6', 'weight of the embedding arm must be in [0, 1e6]'",
        "'NaN 0.5 0.5', 'weight of the association arm must be in [0, 1e6]'",
        "'0.5 0.5 Infinity', 'weight of the direct arm must be in [0, 1e6]'"
    })
    void mixturesThatLieAreRefused(String weights, String about) throws IOException {
        LabelConfig config = allArms();
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config, 1), config));
        String[] parts = weights.split(" ", -1);
        float[] values = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Float.parseFloat(parts[i]);
        }
        rewrite(stored.manifest(), tensors(stored.model(), mixture(values)));
        assertRefused(about);
    }

    @Test
    void aMixtureOfAnotherTypeIsRefused() throws IOException {
        LabelConfig config = allArms();
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config, 1), config));
        Tensor ints = new Tensor.Ints("mixture", List.of(3L), List.of(new int[] {1, 0, 0}));
        rewrite(stored.manifest(), tensors(stored.model(), ints));
        assertRefused("mixture of 3 numbers");
        Tensor table = new Tensor.Floats("mixture", List.of(3L, 1L), List.of(new float[] {1, 0, 0}));
        rewrite(stored.manifest(), tensors(stored.model(), table));
        assertRefused("mixture has the shape [3, 1]");
    }

    /** Arms and settings that do not go together, behind checksums that are right. */
    @ParameterizedTest
    @CsvSource({
        "train.negatives=4, association.slots=0, 'the arms that the settings ask for'",
        "train.negatives=4, association.slots=0 direct.candidates=0, 'settings say that it has no direct arm'",
        "association.slots=0, association.slots=20, 'the association arm must be of 5 tensors'",
        "association.slots=0 direct.candidates=0, association.slots=0, arms.safetensors",
        "train.negatives=4, model.embedding=false, 'does not belong to a model with these settings'",
        "model.embedding=false, train.negatives=4, 'tensor table.rows is missing'"
    })
    void armsThatTheSettingsDoNotAskForAreRefused(String trained, String written, String about) throws IOException {
        write(train(config(trained), 1), config(written));
        assertRefused(about);
    }

    @Test
    void aModelOlderThanAssociationsIsRead() throws IOException {
        LabelConfig config = config("association.slots=0 direct.candidates=0");
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config, 1), config));
        ObjectNode old = stored.manifest();
        ObjectNode train = (ObjectNode) old.path("settings").path("train");
        assertThat(train.remove("association")).isNotNull();
        assertThat(train.remove("negatives")).isNotNull();
        assertThat(((ObjectNode) old.path("settings").path("model")).remove("embedding"))
                .isNotNull();
        rewrite(old, List.of());

        LabelModelFolder.Stored read = LabelModelFolder.read(folder.resolve("model"));

        assertThat(read.config()).isEqualTo(config);
        assertThat(read.model().mixture()).isEqualTo(Mixture.EMBEDDING);
        assertThat(suggest(read.model(), "word1")).isEqualTo(suggest(stored.model(), "word1"));
    }

    private void assertRefused(String about) {
        assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(about);
    }

    /** Writes the model in the folder again with another manifest and, unless there are none, other arms. */
    private void rewrite(ObjectNode manifest, List<Tensor> arms) throws IOException {
        Path target = folder.resolve("model");
        ObjectNode fields = manifest.deepCopy();
        List<Payload> payloads = new ArrayList<>();
        for (var file : manifest.path("files")) {
            String name = file.path("name").asString("");
            byte[] bytes = Files.readAllBytes(target.resolve(name));
            payloads.add(
                    name.equals(NAME)
                            ? Payload.ofTensors(NAME, arms)
                            : new Payload(name, channel -> channel.write(ByteBuffer.wrap(bytes))));
        }
        fields.remove(List.of("format", "formatVersion", "files"));
        ModelFolder.write(target, fields, payloads);
    }
}
