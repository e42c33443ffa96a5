package dev.longtail.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopLabelsTest {

    @Test
    void equalsASortOfAllScoresWhateverTheOrderAndTheWorkers() {
        Random random = new Random(1);
        int labels = 200;
        int batch = 7;
        float[][] scores = new float[labels][batch];
        for (float[] row : scores) {
            for (int i = 0; i < batch; i++) {
                row[i] = random.nextInt(30); // many ties
            }
        }
        for (int workers = 1; workers <= 3; workers++) {
            TopLabels top = new TopLabels(10, batch, workers);
            for (int round = 0; round < 2; round++) { // the second round finds nothing of the first
                top.start(batch);
                List<Integer> order = new java.util.ArrayList<>(
                        IntStream.range(0, labels).boxed().toList());
                java.util.Collections.shuffle(order, random);
                for (int label : order) {
                    top.accept(random.nextInt(workers), label, scores[label]);
                }
                for (int example = 0; example < batch; example++) {
                    assertTop(top, scores, example);
                }
            }
        }
    }

    private static void assertTop(TopLabels top, float[][] scores, int example) {
        Integer[] sorted = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                sorted,
                Comparator.comparingDouble((Integer label) -> -scores[label][example])
                        .thenComparing(label -> label));
        int[] labels = new int[10];
        float[] found = new float[10];
        assertThat(top.result(example, labels, found)).isEqualTo(10);
        for (int rank = 0; rank < 10; rank++) {
            assertThat(labels[rank]).isEqualTo(sorted[rank]);
            assertThat(found[rank]).isEqualTo(scores[sorted[rank]][example]);
        }
    }

    @Test
    void fewerLabelsThanAskedForGiveAllOfThem() {
        TopLabels top = new TopLabels(5, 1, 2);
        top.start(1);
        top.accept(0, 3, new float[] {1});
        top.accept(1, 4, new float[] {2});
        int[] labels = new int[5];
        assertThat(top.result(0, labels, new float[5])).isEqualTo(2);
        assertThat(labels).startsWith(4, 3);
    }
}
