package dev.longtail.bench;

import dev.longtail.data.DataFiles;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TrainingData;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.RandomStream;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** What {@link IntermediateLayer} learns from: files of a folder, or generated examples. */
abstract sealed class FixedFeatures implements AutoCloseable {

    abstract Examples train();

    abstract Examples validation();

    abstract LabelModel model(LabelConfig config);

    @Override
    public abstract void close() throws IOException;

    /** The files train.txt.gz and test.txt.gz of a folder, or generated examples under the name planted. */
    static FixedFeatures of(String name, LabelConfig config, Path temporary) throws IOException {
        return name.equals("planted") ? new Planted() : new OfFiles(Path.of(name), config, temporary);
    }

    private static final class OfFiles extends FixedFeatures {

        private final TrainingData data;

        OfFiles(Path folder, LabelConfig config, Path temporary) throws IOException {
            DataFiles files = new DataFiles(
                    List.of(folder.resolve("train.txt.gz")), List.of(folder.resolve("test.txt.gz")), null, null);
            data = TrainingData.prepare(files, config.dataSettings(), temporary, 1, ReadListener.NONE);
        }

        @Override
        Examples train() {
            return data.train();
        }

        @Override
        Examples validation() {
            return Objects.requireNonNull(data.validation(), "the test file");
        }

        @Override
        LabelModel model(LabelConfig config) {
            return config.newModel(data);
        }

        @Override
        public void close() throws IOException {
            data.close();
        }
    }

    /**
     * Every label has four features of its own, of which an example carries three for each of its two labels, among
     * four that mean nothing.
     */
    private static final class Planted extends FixedFeatures {

        private static final int LABELS = 5000;
        private static final int NOISE = 1000;
        private static final int TRAIN = 40_000;

        @Override
        Examples train() {
            return examples(TRAIN, 1);
        }

        @Override
        Examples validation() {
            return examples(5000, 2);
        }

        @Override
        LabelModel model(LabelConfig config) {
            List<String> ids = new ArrayList<>();
            for (int label = 0; label < LABELS; label++) {
                ids.add("label" + label);
            }
            int[] frequencies = new int[LABELS];
            Arrays.fill(frequencies, 2 * TRAIN / LABELS);
            LabelSet labels = new LabelSet(ids, Collections.nCopies(LABELS, ""), frequencies);
            return new LabelModel(config.model(), new NumericFeatureSpace(4 * LABELS + NOISE, false), labels, TRAIN);
        }

        @Override
        public void close() {
            // nothing is held
        }

        private static Examples examples(int size, long seed) {
            return new Examples() {
                @Override
                public int size() {
                    return size;
                }

                @Override
                public void read(int example, Example into) {
                    SplittableRandom random = RandomStream.of(seed, 0, example);
                    int first = random.nextInt(LABELS - 1);
                    int second = random.nextInt(first + 1, LABELS);
                    into.labels = new int[] {first, second};
                    into.labelCount = 2;
                    int[] features = new int[10];
                    for (int i = 0; i < 6; i++) {
                        features[i] = 4 * into.labels[i / 3] + i % 3 + random.nextInt(2);
                    }
                    for (int i = 6; i < 10; i++) {
                        features[i] = 4 * LABELS + random.nextInt(NOISE);
                    }
                    into.features = Arrays.stream(features).sorted().distinct().toArray();
                    into.featureCount = into.features.length;
                    into.weights = new float[into.featureCount];
                    Arrays.fill(into.weights, (float) (1 / Math.sqrt(into.featureCount)));
                }
            };
        }
    }
}
