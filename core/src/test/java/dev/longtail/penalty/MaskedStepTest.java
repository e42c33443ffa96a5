package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.relation.FreeEntries;
import dev.longtail.relation.RelationGraphBuilder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objects 0 to 49 and, behind them, one object for each anchor. */
class MaskedStepTest {

    private static final int OBJECTS = 50;
    private static final int ANCHORS = 12;

    private final Random random = new Random(1);
    /** S(G). */
    private final float[][] penalised = new float[OBJECTS][ANCHORS];

    private FreeEntries entries() {
        RelationGraphBuilder graph = new RelationGraphBuilder(OBJECTS + ANCHORS);
        for (int object = 0; object < OBJECTS; object++) {
            for (int anchor = 0; anchor < ANCHORS; anchor++) {
                boolean free = random.nextInt(4) == 0;
                penalised[object][anchor] = free ? 0 : 1;
                if (free) {
                    graph.relate(object, OBJECTS + anchor);
                }
            }
        }
        return FreeEntries.of(
                graph.build(), IntStream.range(OBJECTS, OBJECTS + ANCHORS).toArray());
    }

    /** T = max{(T - t) S + T (1 - S), 0} by coordinates, as line 7 of Algorithm 1 prints it. */
    private float[] printed(int object, float[] row, float threshold) {
        float[] result = new float[row.length];
        for (int k = 0; k < row.length; k++) {
            float s = penalised[object][k];
            result[k] = Math.max((row[k] - threshold) * s + row[k] * (1 - s), 0);
        }
        return result;
    }

    @Test
    void theMaskedStepEqualsThePrintedFormula() {
        FreeEntries entries = entries();
        MaskedStep step = new MaskedStep(entries);
        assertThat(step.objects()).isEqualTo(OBJECTS + ANCHORS);
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = Operator.random(random, ANCHORS);
            float[] expected = printed(object, row, 0.3f);
            float[] padded = new float[ANCHORS + 5];
            System.arraycopy(row, 0, padded, 2, ANCHORS);
            int nonZeros = step.nonNegativeSoft(object, padded, 2, ANCHORS, 0.3f);
            float[] result = Arrays.copyOfRange(padded, 2, 2 + ANCHORS);
            assertThat(result).containsExactly(expected);
            assertThat(nonZeros).isEqualTo(Norms.l0(expected, 0, ANCHORS));
            for (int k = 0; k < ANCHORS; k++) {
                if (entries.isFree(object, k) && row[k] > 0) {
                    assertThat(result[k]).isEqualTo(row[k]); // never thresholded
                }
            }
        }
    }

    @Test
    void releasedThresholdsDoTheSameOnBothWaysToStoreARow() {
        MaskedStep step = new MaskedStep(entries());
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = Operator.random(random, ANCHORS);
            float[] expected = printed(object, row, 0.3f);

            float[] thresholds = filled(0.3f);
            step.release(object, thresholds, ANCHORS);
            float[] whole = row.clone();
            Proximal.nonNegativeSoft(whole, 0, ANCHORS, thresholds);
            assertThat(whole).containsExactly(expected);

            int[] coordinates = new int[ANCHORS + 1];
            float[] stored = new float[ANCHORS + 1];
            int count = 0;
            for (int k = 0; k < ANCHORS; k++) {
                if (random.nextBoolean()) {
                    coordinates[1 + count] = k;
                    stored[1 + count++] = row[k];
                }
            }
            thresholds = filled(0.3f);
            step.release(object, coordinates, 1, count, thresholds);
            Proximal.nonNegativeSoft(stored, 1, count, thresholds);
            for (int i = 1; i <= count; i++) {
                assertThat(stored[i]).isEqualTo(expected[coordinates[i]]);
            }
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[ANCHORS];
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void fewerCoordinatesThanAnchorsAreFine() {
        RelationGraphBuilder graph = new RelationGraphBuilder(9);
        graph.relate(0, 2);
        graph.relate(0, 8);
        int[] objects = {1, 2, 3, 4, 5, 6, 7, 8};
        MaskedStep step = new MaskedStep(FreeEntries.of(graph.build(), objects));
        float[] row = {1, 1, 1};
        assertThat(step.nonNegativeSoft(0, row, 0, 3, 0.25f)).isEqualTo(3);
        assertThat(row).containsExactly(0.75f, 1, 0.75f);
    }
}
