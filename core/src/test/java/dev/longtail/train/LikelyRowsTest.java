package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.Weights;
import dev.longtail.output.OutputConfig;
import dev.longtail.output.OutputLayer;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyRowsTest {

    private static final int LABELS = 205;
    private static final int EXAMPLES = 50;
    private static final int WIDTH = 6;

    /** Labels are kept in another order than that of their numbers. */
    private static OutputLayer layer(int group) {
        OutputLayer layer = new OutputConfig(
                        OutputConfig.Kind.FIXED_FAN_IN,
                        4,
                        group,
                        OutputConfig.Order.RANDOM_CLUSTERS,
                        100,
                        Weights.Format.FLOAT32,
                        12,
                        0)
                .newLayer(LABELS, 10);
        int[] order = new int[LABELS];
        Arrays.setAll(order, row -> row * 7 % LABELS);
        layer.initialise(new OutputLayer.Start(new float[LABELS], Optional.of(new LabelClusters(4, order)), 1));
        return layer;
    }

    /** Every example has up to six, the first of them {@code i % LABELS}. */
    private static FewIds candidates(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FewIds candidates = new FewIds(EXAMPLES, WIDTH, LABELS);
        for (int example = 0; example < EXAMPLES; example++) {
            int[] likely =
                    random.ints(random.nextInt(WIDTH + 1), 0, LABELS).distinct().toArray();
            candidates.set(example, likely, likely.length);
        }
        return candidates;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 4", "100, 16", "2, 512"})
    void theRowsAreThoseOfTheFirstCandidatesAndOfThePositivesInWholeGroups(int most, int group) {
        OutputLayer layer = layer(group);
        FewIds candidates = candidates(most);
        LikelyRows rows = new LikelyRows(candidates, most, layer, group);
        SplittableRandom random = new SplittableRandom(group);
        for (int step = 0; step < 20; step++) {
            int[] order = random.ints(10, 0, EXAMPLES).toArray();
            int from = random.nextInt(5);
            int to = from + random.nextInt(6);
            TreeSet<Integer> expected = new TreeSet<>();
            for (int i = from; i < to; i++) {
                for (int place = 0; place < Math.min(most, WIDTH); place++) {
                    int label = candidates.get(order[i], place);
                    addGroup(expected, label < 0 ? -1 : layer.row(label), group);
                }
            }
            Positives positives = new Positives();
            for (int i = from; i < to; i++) {
                int row = random.nextInt(LABELS);
                positives.add(row, i - from);
                addGroup(expected, row, group);
            }
            positives.sort();

            RowRanges found = rows.of(order, from, to, positives);

            assertThat(rows(found)).containsExactlyElementsOf(expected);
        }
    }

    private static void addGroup(TreeSet<Integer> rows, int row, int group) {
        for (int i = 0; i < LABELS; i++) {
            if (row >= 0 && i / group == row / group) {
                rows.add(i);
            }
        }
    }

    private static List<Integer> rows(RowRanges ranges) {
        List<Integer> rows = new ArrayList<>();
        for (int range = 0; range < ranges.count(); range++) {
            IntStream.range(ranges.first(range), ranges.end(range)).forEach(rows::add);
        }
        return rows;
    }

    @Test
    void withoutCandidatesTheRowsAreThoseOfThePositives() {
        LikelyRows rows = new LikelyRows(new FewIds(EXAMPLES, WIDTH, LABELS), 3, layer(4), 4);
        Positives positives = new Positives();
        assertThat(rows.of(new int[] {7}, 0, 1, positives).count()).isZero();
        positives.add(LABELS - 1, 0); // the last group has one row
        positives.add(9, 0);
        positives.sort();
        assertThat(rows(rows.of(new int[] {7}, 0, 1, positives))).containsExactly(8, 9, 10, 11, 204);
    }
}
