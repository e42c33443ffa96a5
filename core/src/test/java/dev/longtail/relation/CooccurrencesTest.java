package dev.longtail.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceConfig.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CooccurrencesTest {

    private static CooccurrenceConfig config(int window, int maxPairs) {
        return new CooccurrenceConfig(window, maxPairs, 1, 0, Strength.COUNT);
    }

    private static Cooccurrences count(int objects, CooccurrenceConfig config, int threads, int[]... sequences) {
        try (Workers workers = new Workers(threads)) {
            CooccurrenceCounter counter = new CooccurrenceCounter(objects, config, workers);
            for (int[] sequence : sequences) {
                counter.add(sequence, sequence.length);
            }
            return counter.finish();
        }
    }

    /** Zipf-like words, some of them unknown. */
    private static int[] words(int length, int objects, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] words = new int[length];
        for (int i = 0; i < length; i++) {
            words[i] = (int) (objects * Math.pow(random.nextDouble(), 4)) - 1;
        }
        return words;
    }

    @Test
    void byHand() {
        // Windows of 2 over "0 1 0 2" and "1 ? 2": pairs 01, 00, 10, 12, 02, and 12.
        Cooccurrences counted = count(3, config(2, 1000), 1, new int[] {0, 1, 0, 2}, new int[] {1, -5, 2});
        assertThat(counted.count(0, 0)).isEqualTo(1);
        assertThat(counted.count(0, 1)).isEqualTo(2);
        assertThat(counted.count(1, 0)).isEqualTo(2);
        assertThat(counted.count(1, 2)).isEqualTo(2);
        assertThat(counted.count(2, 0)).isEqualTo(1);
        assertThat(counted.count(2, 2)).isZero();
        assertThat(counted.pairs()).isEqualTo(4);
        assertThat(new long[] {counted.total(0), counted.total(1), counted.total(2)})
                .containsExactly(5, 4, 3);
        // C = (2 2 1; 2 0 2; 1 2 0), sum 12
        assertThat(counted.ppmi(1, 2)).isCloseTo(Math.log(2.0 * 12 / (4 * 3)), within(1e-12));
        assertThat(counted.ppmi(0, 0)).as("2 * 12 < 5 * 5").isZero();
        assertThat(counted.ppmi(0, 1)).isCloseTo(Math.log(2.0 * 12 / (5 * 4)), within(1e-12));
        assertThat(counted.pruned()).isEqualTo(CooccurrenceCounter.Pruned.NONE);
    }

    /** The buffer holds 65,536 positions; sequences are longer and shorter than that. */
    @ParameterizedTest
    @CsvSource({"1,1", "3,2", "10,3"})
    void asTwoPlainLoops(int window, int threads) {
        int objects = 50;
        int[][] sequences = {
            words(150_000, objects, 1), words(7, objects, 2), {}, words(1, objects, 3), words(70_000, objects, 4)
        };
        Cooccurrences counted = count(objects, config(window, 100_000), threads, sequences);
        long[][] expected = new long[objects][objects];
        for (int[] sequence : sequences) {
            for (int i = 0; i < sequence.length; i++) {
                for (int j = i + 1; j < sequence.length && j - i <= window; j++) {
                    if (sequence[i] >= 0 && sequence[j] >= 0) {
                        expected[sequence[i]][sequence[j]]++;
                        expected[sequence[j]][sequence[i]]++;
                    }
                }
            }
        }
        for (int a = 0; a < objects; a++) {
            long total = 0;
            for (int b = 0; b < objects; b++) {
                assertThat((long) counted.count(a, b)).isEqualTo(a == b ? expected[a][a] / 2 : expected[a][b]);
                total += expected[a][b];
            }
            assertThat(counted.total(a)).isEqualTo(total);
        }
    }

    @Test
    void fewTablesCountTooLowByNoMoreThanTheySay() {
        int objects = 400;
        int[] sequence = words(40_000, objects, 9);
        Cooccurrences exact = count(objects, config(5, 1_000_000), 1, sequence);
        Cooccurrences bounded = count(objects, config(5, 8_000), 1, sequence);
        assertThat(exact.pairs()).isGreaterThan(30_000);
        assertThat(bounded.pairs()).isBetween(4_000, 8_000);
        assertThat(bounded.pruned().times()).isPositive();
        assertThat(bounded.pruned().removed()).isPositive();
        int worst = 0;
        for (int a = 0; a < objects; a++) {
            assertThat(bounded.total(a)).isEqualTo(exact.total(a));
            for (int b = a; b < objects; b++) {
                int missing = exact.count(a, b) - bounded.count(a, b);
                assertThat(missing).isNotNegative();
                worst = Math.max(worst, missing);
            }
        }
        assertThat(worst).isPositive().isLessThanOrEqualTo(bounded.pruned().undercount());
    }

    @Test
    void threadsDoNotMatterEvenWhenTablesArePruned() {
        int[] sequence = words(200_000, 500, 5);
        Cooccurrences one = count(500, config(10, 4_000), 1, sequence);
        Cooccurrences three = count(500, config(10, 4_000), 3, sequence);
        assertThat(three.pairNumbers()).isEqualTo(one.pairNumbers());
        assertThat(three.counts()).isEqualTo(one.counts());
        assertThat(three.totals()).isEqualTo(one.totals());
        assertThat(three.pruned()).isEqualTo(one.pruned());
    }

    @Test
    void ppmiRowsAreTheMatrix() {
        Cooccurrences counted = count(40, config(3, 100_000), 2, words(300, 40, 8));
        SparseRows rows = counted.ppmiRows();
        assertThat(rows.rows()).isEqualTo(40);
        for (int a = 0; a < 40; a++) {
            float[] row = new float[40];
            for (int at = rows.start(a); at < rows.start(a + 1); at++) {
                assertThat(rows.values()[at]).isPositive();
                assertThat(at == rows.start(a) || rows.columns()[at] > rows.columns()[at - 1])
                        .isTrue();
                row[rows.columns()[at]] = rows.values()[at];
            }
            for (int b = 0; b < 40; b++) {
                assertThat(row[b]).isEqualTo((float) counted.ppmi(a, b));
            }
        }
    }

    private static List<String> related(Cooccurrences counted, int minCount, int neighbours, Strength strength) {
        List<String> pairs = new ArrayList<>();
        counted.graph(new CooccurrenceConfig(1, 16, minCount, neighbours, strength))
                .related()
                .forEach((u, v) -> pairs.add(u + "-" + v));
        return pairs;
    }

    @Test
    void relatedAreThoseThatCooccurOftenOrStrongly() {
        // Windows of 1; 0 is frequent: 01 three times, 02 twice, 03 once, 23 twice, 00 once.
        Cooccurrences counted = count(
                4,
                config(1, 1000),
                1,
                new int[] {0, 1},
                new int[] {1, 0},
                new int[] {0, 1},
                new int[] {0, 2},
                new int[] {2, 0},
                new int[] {0, 3},
                new int[] {2, 3},
                new int[] {3, 2},
                new int[] {0, 0});
        assertThat(related(counted, 1, 0, Strength.COUNT)).containsExactly("0-1", "0-2", "0-3", "2-3");
        assertThat(related(counted, 2, 0, Strength.COUNT)).containsExactly("0-1", "0-2", "2-3");
        // The strongest of 0 and of 1 is 01; of 2, among equals, 02 has the smaller number; of 3 it is 23.
        assertThat(related(counted, 1, 1, Strength.COUNT)).containsExactly("0-1", "0-2", "2-3");
        // Totals are 8, 3, 4, 3 of 18: ln of 18 * count / totals is largest for 23 (3) and 01 (2.25), then 02 (1.125).
        assertThat(related(counted, 1, 1, Strength.PPMI)).containsExactly("0-1", "2-3");
    }

    @Test
    void wrongIdsAreRefused() {
        assertThatThrownBy(() -> count(3, config(2, 1000), 1, new int[] {0, 3})).hasMessageContaining("below 3");
        assertThatThrownBy(() -> config(0, 100)).hasMessageContaining("window");
        assertThatThrownBy(() -> config(1, 15)).hasMessageContaining("maxPairs");
    }
}
