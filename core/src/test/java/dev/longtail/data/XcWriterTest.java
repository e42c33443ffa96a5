package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.synthetic.SyntheticConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XcWriterTest {

    @TempDir
    private Path folder;

    @Test
    void writesHeaderLabelsAndFeatures() throws IOException {
        Examples examples = new Examples() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public void read(int example, Example into) {
                into.labelCount = example == 0 ? 2 : 0;
                into.labels = new int[] {3, 11, 99};
                into.featureCount = 2;
                into.features = new int[] {0, 7, 99};
                into.weights = new float[] {0.1f, 2, 99};
            }
        };
        StringWriter out = new StringWriter();
        int[] last = new int[1];
        XcWriter.write(examples, 8, 12, out, written -> last[0] = written);
        assertThat(out).hasToString("2 8 12\n3,11 0:0.1 7:2.0\n 0:0.1 7:2.0\n");
        assertThat(last[0]).isEqualTo(2);
    }

    @Test
    void aFileBringsBackTheSameExamples() throws IOException {
        SyntheticConfig config = SyntheticConfig.DEFAULT.withSize(50, 300, 40);
        StringWriter out = new StringWriter();
        XcWriter.write(config.train(), 300, 50, out, written -> {});
        Path file = Files.writeString(folder.resolve("train.txt"), out.toString());
        DataEncoder encoder = new DataEncoder(
                new NumericFeatureSpace(300, false), LabelSet.numbered(new int[50]), folder, ReadListener.NONE);
        try (EncodedExamples read = encoder.encode(List.of(file), DataFormat.XC, DataEncoder.Purpose.TRAIN)) {
            assertThat(read.examples().size()).isEqualTo(40);
            Example wanted = new Example();
            Example found = new Example();
            for (int example = 0; example < 40; example++) {
                config.train().read(example, wanted);
                read.examples().read(example, found);
                assertThat(Arrays.copyOf(found.labels, found.labelCount))
                        .isEqualTo(Arrays.copyOf(wanted.labels, wanted.labelCount));
                assertThat(Arrays.copyOf(found.features, found.featureCount))
                        .isEqualTo(Arrays.copyOf(wanted.features, wanted.featureCount));
                assertThat(Arrays.copyOf(found.weights, found.featureCount))
                        .isEqualTo(Arrays.copyOf(wanted.weights, wanted.featureCount));
            }
        }
    }
}
