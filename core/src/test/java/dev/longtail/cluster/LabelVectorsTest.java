package dev.longtail.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelVectorsTest {

    /** Rows of label, then pairs of feature and weight. */
    private static Examples examples(float[][] rows) {
        return new Examples() {
            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public void read(int example, Example into) {
                float[] row = rows[example];
                into.labels[0] = (int) row[0];
                into.labelCount = 1;
                into.featureCount = row.length / 2;
                into.features = new int[row.length / 2];
                into.weights = new float[row.length / 2];
                for (int i = 0; i < into.featureCount; i++) {
                    into.features[i] = (int) row[1 + 2 * i];
                    into.weights[i] = row[2 + 2 * i];
                }
            }
        };
    }

    private static LabelVectors vectors(Examples examples, int labels) {
        try (Workers workers = new Workers(2)) {
            return LabelVectors.of(examples, labels, workers);
        }
    }

    private static double[] dense(LabelVectors vectors, int label, int features) {
        double[] dense = new double[features];
        vectors.addTo(dense, label);
        return dense;
    }

    /**
     * Label 0 has (3, 4, 0) and (0, 0, 2), which become (0.6, 0.8, 0) and (0, 0, 1); their sum has length sqrt(2).
     * Label 1 has (0, 5, 0). Their cosine is 0.8 / sqrt(2). Label 2 has nothing.
     */
    @Test
    void aVectorIsTheNormalisedSumOfNormalisedExamples() {
        LabelVectors vectors = vectors(examples(new float[][] {{0, 0, 3, 1, 4}, {1, 1, 5}, {0, 2, 2}}), 3);
        double root = Math.sqrt(2);
        assertThat(dense(vectors, 0, 3)).containsExactly(new double[] {0.6 / root, 0.8 / root, 1 / root}, within(1e-7));
        assertThat(vectors.dot(dense(vectors, 1, 3), 0)).isCloseTo(0.8 / root, within(1e-7));
        assertThat(dense(vectors, 2, 3)).containsOnly(0);
        double[] sum = dense(vectors, 0, 3);
        vectors.clear(sum, 0);
        assertThat(sum).containsOnly(0);
    }

    @Test
    void onlyTheStrongestFeaturesAreKept() {
        int features = 200;
        SplittableRandom random = new SplittableRandom(4);
        float[] row = new float[1 + 2 * features];
        for (int i = 0; i < features; i++) {
            row[1 + 2 * i] = i;
            row[2 + 2 * i] = random.nextFloat() - 0.5f;
        }
        double[] found = dense(vectors(examples(new float[][] {row}), 1), 0, features);

        double[] sizes = IntStream.range(0, features)
                .mapToDouble(i -> Math.abs(row[2 + 2 * i]))
                .sorted()
                .toArray();
        double border = sizes[features - LabelVectors.MOST_FEATURES];
        double length = Math.sqrt(Arrays.stream(sizes)
                .filter(size -> size >= border)
                .map(size -> size * size)
                .sum());
        for (int i = 0; i < features; i++) {
            double value = row[2 + 2 * i];
            assertThat(found[i]).isCloseTo(Math.abs(value) < border ? 0 : value / length, within(1e-6));
        }
    }

    @Test
    void aFrequentLabelIsReadAtEvenDistances() {
        float[][] rows = new float[10 * Carriers.MOST + 3][];
        Arrays.setAll(rows, i -> new float[] {i < 10 * Carriers.MOST ? 1 : 0, i, 1});
        Carriers carriers = Carriers.of(examples(rows), 2);
        assertThat(carriers.starts()).containsExactly(0, 3, 3 + Carriers.MOST);
        assertThat(Arrays.copyOf(carriers.examples(), 3)).containsExactly(1000, 1001, 1002);
        for (int i = 0; i < Carriers.MOST; i++) {
            assertThat(carriers.examples()[3 + i]).isEqualTo(10 * i + 9);
        }
    }
}
