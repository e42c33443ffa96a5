package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models past 2^31 parameters: 40,000,000 labels with fan-in 64. Only their headers exist. */
class LargeTensorsTest {

    private static final int LABELS = 40_000_000;
    private static final int FAN_IN = 64;
    private static final int PAGE = 1 << 17; // 2.56 x 10^9 = 19531.25 pages

    @TempDir
    Path folder;

    /** The tensors of such a model; the same small page stands for all of its weights, another for its indices. */
    private static List<Tensor> tensors() {
        List<Long> rows = List.of((long) LABELS, (long) FAN_IN);
        List<float[]> weights = new ArrayList<>(Collections.nCopies(19_531, new float[PAGE]));
        weights.add(new float[PAGE / 4]);
        List<char[]> indices = new ArrayList<>(Collections.nCopies(19_531, new char[PAGE]));
        indices.add(new char[PAGE / 4]);
        List<float[]> bias = Collections.nCopies(400, new float[LABELS / 400]);
        return List.of(
                new Tensor.Floats("output.bias", List.of((long) LABELS), bias),
                new Tensor.Floats("output.weights", rows, weights),
                new Tensor.Floats("table.rows", List.of(5L, 512L), List.of(new float[5 * 512])),
                new Tensor.Chars("output.indices", rows, indices));
    }

    @Test
    void offsetsInTheHeaderAreLongs() {
        String json = new String(SafetensorsHeader.bytes(tensors(), Map.of()), StandardCharsets.UTF_8);
        // 40,000,000 x 4 bytes of bias, x 256 bytes of weights, 10,240 of the table, x 128 of indices
        assertThat(json)
                .contains("\"shape\":[40000000,64],\"data_offsets\":[160000000,10400000000]")
                .contains("\"shape\":[40000000,64],\"data_offsets\":[10400010240,15520010240]");
    }

    @Test
    void aFileOfThatSizeIsOpenedAndHasTheShapesThatTheSettingsAskFor() throws IOException {
        byte[] header = SafetensorsHeader.bytes(tensors(), Map.of());
        Path file = Files.write(folder.resolve("parameters.safetensors"), header);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(header.length + 15_520_010_240L); // a hole, which takes no room on the disk
        }
        LabelConfig config = Settings.override(LabelConfig.embedding(512, 128), Map.of("fanIn", "" + FAN_IN));
        try (Safetensors tensors = Safetensors.open(file)) {
            TensorShapes.check(file, tensors, config, 5, LABELS);
            assertThatThrownBy(() -> TensorShapes.check(file, tensors, config, 5, LABELS + 1))
                    .hasMessageContaining("the settings ask for F32 [40000001, 64]");
        }
    }
}
