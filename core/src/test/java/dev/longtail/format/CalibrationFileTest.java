package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.calibration.ThresholdGoal;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Calibrations in model folders. */
class CalibrationFileTest {

    private static final Provenance PROVENANCE =
            new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());

    @TempDir
    Path folder;

    private static LabelConfig config(CalibrationConfig.Kind kind) {
        return Settings.override(
                LabelConfig.embedding(128, 32),
                Map.of(
                        "dimension", "16",
                        "fanIn", "5",
                        "validationExamples", "60",
                        "validationFraction", "0",
                        "minFrequency", "1",
                        "maxEpochs", "2",
                        "labelEvidence", "2",
                        "calibration.kind", kind.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private LabelModel train(LabelConfig config) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int label = i * 7 % 10;
            lines.add("word" + label + " and word" + i % 9 + "\t<l" + (i % 4 == 0 ? i % 10 : label) + ">");
        }
        Path file = Files.write(folder.resolve("train.tsv"), lines, StandardCharsets.UTF_8);
        try (TrainingData data =
                        TrainingData.prepare(new DataFiles(file), config.dataSettings(), folder, 1, progress -> {});
                Workers workers = new Workers(1)) {
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

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void aCalibratedModelReadBackGivesTheSameProbabilities(CalibrationConfig.Kind kind) throws IOException {
        LabelConfig config = config(kind);
        LabelModel model = train(config);
        LabelModel read = LabelModelFolder.read(write(model, config)).model();
        assertThat(read.calibration().orElseThrow().kind()).isEqualTo(kind);
        try (Workers workers = new Workers(1)) {
            for (String text : List.of("word1", "word2 and word3", "and")) {
                assertThat(new Predictor(read, 4, workers).suggest(text))
                        .isEqualTo(new Predictor(model, 4, workers).suggest(text))
                        .hasSize(4);
                assertThat(new Predictor(read, 10, workers)
                                .keeping(read.calibration().get().thresholds(ThresholdGoal.LABEL_F1))
                                .suggest(text))
                        .isEqualTo(new Predictor(model, 10, workers)
                                .keeping(model.calibration().orElseThrow().thresholds(ThresholdGoal.LABEL_F1))
                                .suggest(text))
                        .hasSizeLessThan(10);
            }
        }
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        LabelConfig config = config(CalibrationConfig.Kind.PLATT);
        Path file = write(train(config), config).resolve(CalibrationFile.NAME);
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 13) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("SHA-256");
        }
        Files.write(file, bytes);
        assertThat(LabelModelFolder.read(folder.resolve("model")).model().calibration())
                .isPresent();
    }

    /** Numbers that lie, behind checksums that are right. */
    @ParameterizedTest
    @CsvSource({
        "first.isotonic.probabilities, 0, -1, 'isotonic.probabilities must be above 0'",
        "shifts.labels, 0, -3, 'shifts.labels must be ascending'",
        "fronts.ends, 0, 2000000000, 'fronts.ends must be ascending'"
    })
    void numbersThatLieAreRefused(String name, int at, int value, String reason) throws IOException {
        LabelConfig config = config(CalibrationConfig.Kind.ISOTONIC);
        LabelModel model = train(config);
        for (Tensor tensor : model.calibration().orElseThrow().tensors()) {
            if (tensor.name().equals(name) && tensor instanceof Tensor.Floats floats) {
                floats.pages().get(0)[at] = value;
            } else if (tensor.name().equals(name)) {
                ((Tensor.Ints) tensor).pages().get(0)[at] = value;
            }
        }
        Path target = write(model, config);
        assertThatThrownBy(() -> LabelModelFolder.read(target))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(CalibrationFile.NAME)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "PLATT"})
    void aCalibrationThatTheSettingsDoNotAskForIsRefused(CalibrationConfig.Kind other) throws IOException {
        Path target = write(train(config(CalibrationConfig.Kind.ISOTONIC)), config(other));
        assertThatThrownBy(() -> LabelModelFolder.read(target))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("is of kind ISOTONIC, the settings ask for " + other);
    }

    @Test
    void aTensorOfAnotherTypeOrShapeIsRefused() throws IOException {
        LabelConfig config = config(CalibrationConfig.Kind.PLATT);
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config), config));
        for (Tensor wrong : List.of(
                new Tensor.Chars("more", List.of(1L), List.of(new char[1])),
                new Tensor.Floats("more", List.of(1L, 1L), List.of(new float[1])),
                new Tensor.Floats("more", List.of(1L), List.of(new float[1])))) {
            List<Tensor> tensors =
                    new ArrayList<>(stored.model().calibration().orElseThrow().tensors());
            tensors.add(wrong);
            rewrite(stored.manifest(), Payload.ofTensors(CalibrationFile.NAME, tensors));
            assertThatThrownBy(() -> LabelModelFolder.read(folder.resolve("model")))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("more");
        }
    }

    @Test
    void aModelOlderThanCalibrationIsRead() throws IOException {
        LabelConfig config = config(CalibrationConfig.Kind.NONE);
        LabelModelFolder.Stored stored = LabelModelFolder.read(write(train(config), config));
        assertThat(stored.model().calibration()).isEmpty();
        ObjectNode old = stored.manifest();
        assertThat(((ObjectNode) old.path("settings").path("train")).remove("calibration"))
                .isNotNull();
        rewrite(old);

        LabelModelFolder.Stored read = LabelModelFolder.read(folder.resolve("model"));

        assertThat(read.config().train().calibration()).isEqualTo(CalibrationConfig.OFF);
        assertThat(read.manifest().path("settings").path("train").has("calibration"))
                .isFalse();
        try (Workers workers = new Workers(1)) {
            assertThat(new Predictor(read.model(), 3, workers).suggest("word1"))
                    .isEqualTo(new Predictor(stored.model(), 3, workers).suggest("word1"));
        }
    }

    /** Writes the model in the folder again with another manifest, and some files replaced. */
    private void rewrite(ObjectNode manifest, Payload... replaced) throws IOException {
        Path target = folder.resolve("model");
        ObjectNode fields = manifest.deepCopy();
        List<Payload> payloads = new ArrayList<>(List.of(replaced));
        List<String> names = payloads.stream().map(Payload::name).toList();
        for (var file : manifest.path("files")) {
            String name = file.path("name").asString("");
            if (!names.contains(name)) {
                byte[] bytes = Files.readAllBytes(target.resolve(name));
                payloads.add(new Payload(name, channel -> channel.write(java.nio.ByteBuffer.wrap(bytes))));
            }
        }
        fields.remove(List.of("format", "formatVersion", "files"));
        ModelFolder.write(target, fields, payloads);
    }
}
