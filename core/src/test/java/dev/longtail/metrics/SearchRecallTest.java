package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchRecallTest {

    @Test
    void equalsTheSizeOfIntersections() {
        Random random = new Random(4);
        int[] cutoffs = {1, 3, 5};
        SearchRecall recall = new SearchRecall(5, 1, 3);
        double[] found = new double[3];
        double[] asked = new double[3];
        for (int example = 0; example < 300; example++) {
            int[] exact = random.ints(0, 9).distinct().limit(5).toArray();
            int[] other = random.ints(0, 9).distinct().limit(5).toArray();
            int exactCount = random.nextInt(6);
            int otherCount = random.nextInt(6);
            recall.add(exact, exactCount, other, otherCount);
            for (int c = 0; c < 3; c++) {
                Set<Integer> both = first(exact, Math.min(exactCount, cutoffs[c]));
                asked[c] += both.size();
                both.retainAll(first(other, Math.min(otherCount, cutoffs[c])));
                found[c] += both.size();
            }
        }
        for (int c = 0; c < 3; c++) {
            assertThat(recall.at(cutoffs[c])).isEqualTo(found[c] / asked[c]).isBetween(0.05, 0.95);
        }
        assertThat(recall.cutoffs()).containsExactly(1, 3, 5);
    }

    private static Set<Integer> first(int[] labels, int count) {
        return new HashSet<>(IntStream.of(Arrays.copyOf(labels, count)).boxed().toList());
    }

    @Test
    void nothingAskedIsNothingMissedAndOtherCutoffsAreRefused() {
        SearchRecall recall = new SearchRecall(2);
        recall.add(new int[2], 0, new int[] {1, 2}, 2);
        assertThat(recall.at(2)).isEqualTo(1);
        assertThatThrownBy(() -> recall.at(3)).hasMessageContaining("one of [2], got 3");
        assertThatThrownBy(SearchRecall::new).hasMessageContaining("cutoffs");
    }
}
