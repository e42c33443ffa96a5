package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of numbered features are part of a model. */
class NumericFeaturesTest {

    @TempDir
    private Path folder;

    private LabelModel write(Path model, String power) throws IOException {
        Path train = Files.write(
                folder.resolve("train.txt"), List.of("4 3 2", "0 0:1 2:1", "1 1:1 2:1", "0 0:2", "1 1:1 2:0"));
        LabelConfig config = Settings.override(
                LabelConfig.embedding(16, 8),
                Map.of("data.featureIdf", power, "data.validationFraction", "0", "train.maxEpochs", "1"));
        try (Workers workers = new Workers(1);
                TrainingData data = TrainingData.prepare(
                        new DataFiles(train), config.dataSettings(), folder, 1, ReadListener.NONE)) {
            LabelModel trained = config.newModel(data);
            var epochs = new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(trained, data.train(), Optional.empty());
            LabelModelFolder.write(model, trained, config, Provenance.of(data, epochs), false);
            return trained;
        }
    }

    @Test
    void weightsAreCountedAndReadBack() throws IOException {
        Path path = folder.resolve("weighted");
        LabelModel trained = write(path, "1");

        // N = 4, df = 2, 2, 2: a value of 0 is no occurrence
        float idf = (float) (Math.log(5 / 3.0) + 1);
        NumericFeatureSpace expected = new NumericFeatureSpace(3, true, new float[] {idf, idf, idf});
        assertThat(trained.features()).isEqualTo(expected);
        assertThat(LabelModelFolder.read(path).model().features()).isEqualTo(expected);
    }

    @Test
    void withoutThemThereIsNoFile() throws IOException {
        Path path = folder.resolve("plain");
        write(path, "0");
        assertThat(path.resolve("features.safetensors")).doesNotExist();
        assertThat(LabelModelFolder.read(path).model().features()).isEqualTo(new NumericFeatureSpace(3, true));
    }

    @Test
    void aFlippedByteIsNoticed() throws IOException {
        Path path = folder.resolve("flipped");
        write(path, "1");
        Path file = path.resolve("features.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> LabelModelFolder.read(path))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("features.safetensors");
    }
}
