package dev.longtail.plan;

import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts whose words are rarer the larger their number, as words are, and whose labels follow from them. */
final class PlannedFiles {

    static final int EXAMPLES = 6000;
    static final int LABELS = 800;

    private PlannedFiles() {}

    /** Prepared examples with a validation part. */
    static TrainingData data(Path folder, LabelConfig config) throws IOException {
        Path train = write(folder.resolve("train.txt"), EXAMPLES, 1);
        Path validate = write(folder.resolve("validate.txt"), 500, 2);
        return TrainingData.prepare(
                new DataFiles(List.of(train), List.of(validate), null, null),
                config.dataSettings(),
                folder,
                1,
                ReadListener.NONE);
    }

    private static Path write(Path file, int examples, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            StringBuilder line = new StringBuilder();
            for (int label = 0; label < 2; label++) {
                int drawn = zipf(random, LABELS);
                line.append("__label__")
                        .append(drawn)
                        .append(" word")
                        .append(drawn)
                        .append(' ');
            }
            for (int word = 0; word < 6; word++) {
                line.append("other").append(zipf(random, 3000)).append(' ');
            }
            lines.add(line.toString().strip());
        }
        return Files.write(file, lines);
    }

    private static int zipf(Random random, int bound) {
        return (int) Math.pow(bound, random.nextDouble()) - 1;
    }
}
