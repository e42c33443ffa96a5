package dev.longtail.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseRows;
import dev.longtail.output.SearchReport;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssociationSearchTest {

    private static final int FEATURES = 60;

    /** Labels and scores, best first. */
    private record Found(int[] labels, float[] scores) {}

    private static SparseRows rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparseRows rows = new SparseRows();
        for (int row = 0; row < count; row++) {
            int[] columns = random.ints(random.nextInt(12), 0, FEATURES)
                    .distinct()
                    .sorted()
                    .toArray();
            float[] values = new float[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.5, 1);
            }
            rows.add(columns, values, columns.length);
        }
        return rows;
    }

    private static SparseBatch batch(SparseRows rows) {
        SparseBatch batch = new SparseBatch();
        for (int row = 0; row < rows.rows(); row++) {
            rows.copyTo(batch, row);
        }
        return batch;
    }

    private static List<Found> search(AssociationArm arm, SparseBatch batch, int top, int threads) {
        try (Workers workers = new Workers(threads)) {
            TopLabels best = new TopLabels(top, batch.rows(), threads);
            new AssociationSearch(arm, workers).search(batch, batch.rows(), best);
            List<Found> found = new ArrayList<>();
            for (int example = 0; example < batch.rows(); example++) {
                int[] labels = new int[top];
                float[] scores = new float[top];
                int count = best.result(example, labels, scores);
                found.add(new Found(Arrays.copyOf(labels, count), Arrays.copyOf(scores, count)));
            }
            return found;
        }
    }

    /** Scores of the labels that a feature of the row is connected to. */
    private static TreeMap<Integer, Double> scores(AssociationArm arm, SparseRows rows, int row) {
        TreeMap<Integer, Double> scores = new TreeMap<>();
        for (int entry = rows.start(row); entry < rows.start(row + 1); entry++) {
            int feature = rows.columns()[entry];
            for (int label = 0; label < arm.labels(); label++) {
                float weight = arm.weight(label, feature);
                if (weight != 0) {
                    scores.merge(label, (double) weight * rows.values()[entry], Double::sum);
                }
            }
        }
        return scores;
    }

    @ParameterizedTest
    @CsvSource({"40, 1, 1", "40, 5, 2", "40, 100, 3", "65536, 5, 2", "65537, 5, 2"})
    void whatIsFoundIsWhatAWalkThroughAllLabelsFinds(int labels, int top, int threads) {
        AssociationArm arm = RandomArms.of(labels, FEATURES, 4);
        SparseRows rows = rows(20, top);
        List<Found> found = search(arm, batch(rows), top, threads);
        for (int row = 0; row < 20; row++) {
            TreeMap<Integer, Double> expected = scores(arm, rows, row);
            int[] best = expected.keySet().stream()
                    .sorted(Comparator.comparing((Integer label) -> -expected.get(label)))
                    .limit(top)
                    .mapToInt(label -> label)
                    .toArray();
            assertThat(found.get(row).labels()).isEqualTo(best);
            for (int rank = 0; rank < best.length; rank++) {
                assertThat((double) found.get(row).scores()[rank]).isCloseTo(expected.get(best[rank]), within(1e-5));
            }
        }
        assertThat(found).anyMatch(row -> row.labels().length >= Math.min(top, 20));
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        AssociationArm arm = RandomArms.of(200, FEATURES, 5);
        SparseBatch batch = batch(rows(100, 6));
        List<Found> one = search(arm, batch, 20, 1);
        List<Found> three = search(arm, batch, 20, 3);
        for (int example = 0; example < 100; example++) {
            assertThat(three.get(example).labels()).isEqualTo(one.get(example).labels());
            assertThat(three.get(example).scores()).isEqualTo(one.get(example).scores());
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 2", "65540, 1"})
    void candidatesOfManyRowsAreThoseOfTheSearch(int labels, int threads) {
        AssociationArm arm = RandomArms.of(labels, FEATURES, 7);
        SparseRows rows = rows(600, 8);
        List<Integer> heard = new ArrayList<>();
        FewIds candidates;
        try (Workers workers = new Workers(threads)) {
            candidates = new AssociationSearch(arm, workers).candidates(rows, 9, heard::add);
        }
        List<Found> found = search(arm, batch(rows), 9, 1);
        assertThat(candidates.rows()).isEqualTo(600);
        for (int row = 0; row < 600; row++) {
            for (int place = 0; place < 9; place++) {
                int[] expected = found.get(row).labels();
                assertThat(candidates.get(row, place)).isEqualTo(place < expected.length ? expected[place] : -1);
            }
        }
        assertThat(heard).isSorted().last().isEqualTo(600);
    }

    @Test
    void anExampleWithoutFeaturesFindsNothing() {
        AssociationArm arm = RandomArms.of(40, FEATURES, 4);
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {0, 1, 2}, new float[] {1, 1, 1}, 3);
        batch.add(new int[0], new float[0], 0);
        batch.add(new int[] {FEATURES - 1}, new float[] {1}, 1); // which has no connection
        List<Found> found = search(arm, batch, 5, 1);
        assertThat(found.get(0).labels()).isNotEmpty();
        assertThat(found.get(1).labels()).isEmpty();
        assertThat(found.get(2).labels()).isEmpty();
    }

    /** Values 1 and -1 of features 0 and 1 lead labels 1 and 3 back to 0; feature 2 gives label 1 something anew. */
    private static AssociationArm cancelling(int labels) {
        return RandomArms.of(
                labels,
                new int[][] {{1, 3}, {1, 3, 4}, {1, 2}},
                new byte[][] {{10, 20}, {10, 20, 30}, {50, 60}},
                new float[] {0.5f, 0.5f, 0.5f});
    }

    @ParameterizedTest
    @CsvSource({"5", "65540"})
    void sumsThatComeBackToZeroAreOfferedOnceOrNotAtAll(int labels) {
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {0, 1, 2}, new float[] {1, -1, 1}, 3);
        batch.add(new int[] {0, 1}, new float[] {1, -1}, 2);
        batch.add(new int[] {0}, new float[] {1}, 1);
        List<Found> found = search(cancelling(labels), batch, 5, 1);

        assertThat(found.get(0).labels()).containsExactly(2, 1, 4);
        assertThat(found.get(0).scores()).containsExactly(30, 25, -15);
        assertThat(found.get(1).labels()).containsExactly(4);
        assertThat(found.get(1).scores()).containsExactly(-15);
        // nothing is left of the examples before
        assertThat(found.get(2).labels()).containsExactly(3, 1);
        assertThat(found.get(2).scores()).containsExactly(10, 5);
    }

    @Test
    void theReportCountsEachLabelOnce() {
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {0, 1, 2}, new float[] {1, -1, 1}, 3);
        batch.add(new int[] {0}, new float[] {1}, 1);
        batch.add(new int[] {2}, new float[] {1}, 1);
        try (Workers workers = new Workers(1)) {
            AssociationSearch search = new AssociationSearch(cancelling(5), workers);
            SearchReport report = search.search(batch, 2, new TopLabels(3, 3, 1));
            assertThat(report.examples()).isEqualTo(2);
            assertThat(report.scored()).isEqualTo(3 + 2); // labels 1, 2 and 4; 1 and 3
            assertThat(report.scored() + report.skipped()).isEqualTo(2 * 5);
            assertThat(search.search(batch, 1, new TopLabels(3, 3, 1)).scored()).isEqualTo(3);
        }
    }
}
