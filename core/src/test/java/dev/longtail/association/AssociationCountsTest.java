package dev.longtail.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationArm.Postings;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssociationCountsTest {

    private static final int ALL = 1000;

    /** Examples with their labels, and how many features and labels there are. */
    private record Data(SparseRows features, int featureCount, IdLists labels, int labelCount) {

        AssociationArm count(AssociationConfig config, int threads) {
            try (Workers workers = new Workers(threads)) {
                return new AssociationCounts(config, 7, workers).count(features, featureCount, labels, labelCount);
            }
        }

        /** The formula of {@link AssociationCounts}, dense: double[labels][features]. */
        double[][] weights(double p, double q) {
            double[][] weights = new double[labelCount][featureCount];
            double[] totals = new double[featureCount];
            for (int example = 0; example < features.rows(); example++) {
                for (int at = labels.start(example); at < labels.start(example + 1); at++) {
                    for (int entry = features.start(example); entry < features.start(example + 1); entry++) {
                        int feature = features.columns()[entry];
                        weights[labels.ids()[at]][feature] += features.values()[entry];
                        totals[feature] += Math.abs(features.values()[entry]);
                    }
                }
            }
            for (double[] row : weights) {
                for (int feature = 0; feature < featureCount; feature++) {
                    row[feature] = totals[feature] == 0 ? 0 : row[feature] / Math.pow(totals[feature], q);
                }
                double length = Math.sqrt(Arrays.stream(row).map(w -> w * w).sum());
                Arrays.setAll(row, feature -> length == 0 ? 0 : row[feature] / Math.pow(length, p));
            }
            return weights;
        }
    }

    private static AssociationConfig config(int slots, int postings, double p, double q) {
        return new AssociationConfig(slots, postings, (float) q, (float) p, 0.5f);
    }

    /** Some examples have no label, some no feature, and some labels and features no example. */
    private static Data random(long seed, ToDoubleFunction<SplittableRandom> value) {
        int featureCount = 40;
        int labelCount = 12;
        SplittableRandom random = new SplittableRandom(seed);
        SparseRows features = new SparseRows();
        IdLists labels = new IdLists(60, 1);
        for (int example = 0; example < 60; example++) {
            int[] columns = random.ints(random.nextInt(9), 0, featureCount - 2)
                    .distinct()
                    .sorted()
                    .toArray();
            float[] values = new float[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) value.applyAsDouble(random);
            }
            features.add(columns, values, columns.length);
            int[] carried =
                    random.ints(random.nextInt(4), 0, labelCount - 1).distinct().toArray();
            labels.add(carried, carried.length);
        }
        return new Data(features, featureCount, labels, labelCount);
    }

    /**
     * c = (2 2 0), (1 0 3) and t = 3, 2, 3. With p = q = 1/2 the rows u are (1.1547 1.4142 0), (0.5774 0 1.7321), both
     * of length 1.8257, whose root is 1.3512.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.66667 1 0.33333 1",
        "1, 0, 0.70711 0.70711 0.31623 0.94868",
        "0.5, 0.5, 0.85457 1.04664 0.42729 1.28186"
    })
    void threeExamplesWorkedByHand(double p, double q, String weights) {
        double[] expected = Stream.of(weights.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        SparseRows features = new SparseRows();
        features.add(new int[] {0, 1}, new float[] {1, 2}, 2);
        features.add(new int[] {0}, new float[] {1}, 1);
        features.add(new int[] {2}, new float[] {3}, 1);
        IdLists labels = new IdLists(3, 2);
        labels.add(new int[] {0}, 1);
        labels.add(new int[] {0, 1}, 2);
        labels.add(new int[] {1}, 1);

        AssociationArm arm = new Data(features, 3, labels, 2).count(config(ALL, ALL, p, q), 1);

        // the largest weight of a feature is 127 of its steps
        assertThat(arm.weight(0, 0)).isCloseTo((float) expected[0], within(1e-5f));
        assertThat(arm.weight(0, 1)).isCloseTo((float) expected[1], within(1e-5f));
        assertThat(arm.weight(1, 0)).isCloseTo((float) expected[2], within((float) (expected[0] / 254 + 1e-5)));
        assertThat(arm.weight(1, 2)).isCloseTo((float) expected[3], within(1e-5f));
        assertThat(arm.weight(0, 2)).isZero();
        assertThat(arm.weight(1, 1)).isZero();
        assertThat(arm.size()).isEqualTo(4);
        assertThat(List.of(arm.labels(), arm.features(), arm.candidates())).containsExactly(2, 3, 7);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "0.5, 0.5", "0, 0", "1, 1", "0.3, 0.7"})
    void weightsAreThoseOfTheFormulaToHalfAStep(double p, double q) {
        for (int seed = 0; seed < 20; seed++) {
            Data data = random(seed, random -> random.nextDouble(-0.5, 1));
            assertClose(data.count(config(ALL, ALL, p, q), 2), data.weights(p, q));
        }
    }

    private static void assertClose(AssociationArm arm, double[][] expected) {
        for (int feature = 0; feature < arm.features(); feature++) {
            int column = feature;
            double largest = Arrays.stream(expected)
                    .mapToDouble(row -> Math.abs(row[column]))
                    .max()
                    .orElseThrow();
            for (int label = 0; label < arm.labels(); label++) {
                assertThat((double) arm.weight(label, feature))
                        .isCloseTo(expected[label][feature], within(largest / 254 + 1e-5));
            }
        }
    }

    /** Sums of small whole numbers: many are equal, and none is less than half a step. */
    private static Data counts(long seed) {
        return random(seed, random -> random.nextInt(2) == 0 ? 1 : random.nextInt(-2, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "3, 1000", "1000, 1", "1000, 2", "4, 2"})
    void aLabelKeepsItsLargestWeightsAndOfThoseAFeatureKeepsItsLargest(int slots, int postings) {
        for (int seed = 0; seed < 20; seed++) {
            Data data = counts(seed);
            double[][] expected = data.weights(0, 0);
            for (double[] row : expected) {
                keepLargest(row, slots);
            }
            for (int feature = 0; feature < data.featureCount; feature++) {
                double[] column = new double[data.labelCount];
                int at = feature;
                Arrays.setAll(column, label -> expected[label][at]);
                keepLargest(column, postings);
                IntStream.range(0, column.length).forEach(label -> expected[label][at] = column[label]);
            }

            AssociationArm arm = data.count(config(slots, postings, 0, 0), 2);

            assertClose(arm, expected);
            assertThat(arm.size()).isEqualTo((int) Arrays.stream(expected)
                    .flatMapToDouble(Arrays::stream)
                    .filter(weight -> weight != 0)
                    .count());
            assertThat(arm.size()).isBetween(1, slots * data.labelCount);
        }
    }

    /** Leaves the largest magnitudes, of equal ones the first. */
    private static void keepLargest(double[] values, int most) {
        IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -Math.abs(values[i])))
                .skip(most)
                .forEach(i -> values[i] = 0);
    }

    @Test
    void theArmDoesNotDependOnTheNumberOfThreads() {
        Data data = random(5, random -> random.nextDouble(-0.5, 1));
        Postings one = data.count(config(6, 4, 0.5, 0.5), 1).postings();
        Postings three = data.count(config(6, 4, 0.5, 0.5), 3).postings();

        assertThat(three.starts()).isEqualTo(one.starts());
        assertThat(three.labels().narrow()).isEqualTo(one.labels().narrow());
        assertThat(three.weights()).isEqualTo(one.weights());
        assertThat(three.scales()).isEqualTo(one.scales());
        assertThat(one.weights()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"65536, true", "65537, false"})
    void labelsThatTwoBytesCannotTellApartTakeFour(int labelCount, boolean narrow) {
        SparseRows features = new SparseRows();
        IdLists labels = new IdLists(2, 2);
        features.add(new int[] {1, 4}, new float[] {1, 2}, 2);
        labels.add(new int[] {3, labelCount - 1}, 2);
        features.add(new int[] {4}, new float[] {-1}, 1);
        labels.add(new int[] {labelCount - 1}, 1);

        AssociationArm arm = new Data(features, 5, labels, labelCount).count(config(10, 10, 0, 0), 2);

        assertThat(arm.postings().labels().isNarrow()).isEqualTo(narrow);
        assertThat(arm.weight(3, 1)).isEqualTo(1);
        assertThat(arm.weight(labelCount - 1, 1)).isEqualTo(1);
        assertThat(arm.weight(3, 4)).isEqualTo(2);
        assertThat(arm.weight(labelCount - 1, 4)).isCloseTo(1, within(2f / 254));
        assertThat(arm.weight(0, 4)).isZero();
        assertThat(arm.size()).isEqualTo(4);
    }

    @Test
    void withoutALabelOrAFeatureThereIsNoConnection() {
        SparseRows features = new SparseRows();
        features.add(new int[] {1}, new float[] {1}, 1);
        features.add(new int[0], new float[0], 0);
        IdLists labels = new IdLists(2, 1);
        labels.add(new int[0], 0);
        labels.add(new int[] {0}, 1);

        AssociationArm arm = new Data(features, 2, labels, 1).count(config(10, 10, 0.5, 0.5), 1);

        assertThat(arm.size()).isZero();
        assertThat(arm.weight(0, 1)).isZero();
    }
}
