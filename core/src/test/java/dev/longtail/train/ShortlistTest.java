package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.output.Positives;
import dev.longtail.output.RowRanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortlistTest {

    private static final int BATCH = 3;

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,4", "64,1"})
    void theRowsAreThoseOfTheBestClustersAndThePositives(int length, int group) {
        Shards clusters = new Shards(205, 16, 1);
        SplittableRandom random = new SplittableRandom(length);
        Shortlist shortlist = new Shortlist(16, length, BATCH);
        for (int step = 0; step < 20; step++) {
            Panel scores = Panel.of(16 * BATCH);
            for (int i = 0; i < 16 * BATCH; i++) {
                scores.values()[scores.at(i)] = random.nextInt(6); // few values, so that there are ties
            }
            Positives positives = new Positives();
            int positive = random.nextInt(205);
            positives.add(positive, 1);
            positives.sort();
            shortlist.choose(scores, BATCH, positives, clusters);

            TreeSet<Integer> expected = new TreeSet<>();
            for (int example = 0; example < BATCH; example++) {
                int column = example;
                IntStream.range(0, 16)
                        .boxed()
                        .sorted(Comparator.comparing(c -> -scores.values()[scores.at(c * BATCH + column)]))
                        .limit(length)
                        .forEach(c -> addRows(expected, clusters, c, group));
            }
            addRows(expected, clusters, clusters.of(positive), group);
            assertThat(rows(shortlist.rows(clusters, group))).containsExactlyElementsOf(expected);
        }
    }

    private static void addRows(TreeSet<Integer> rows, Shards clusters, int cluster, int group) {
        for (int row = clusters.first(cluster); row < clusters.first(cluster + 1); row++) {
            for (int i = row / group * group; i < Math.min(205, row / group * group + group); i++) {
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
    void amongEqualsTheLowerClusterIsChosen() {
        Shards clusters = new Shards(8, 4, 1);
        Shortlist shortlist = new Shortlist(4, 2, 1);
        shortlist.choose(Panel.of(4), 1, new Positives(), clusters);
        assertThat(rows(shortlist.rows(clusters, 1))).containsExactly(0, 1, 2, 3);
    }
}
