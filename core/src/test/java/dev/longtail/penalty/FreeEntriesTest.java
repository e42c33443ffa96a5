package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.IdLists;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreeEntriesTest {

    private static final int OBJECTS = 50;
    private static final int ANCHORS = 12;

    private final Random random = new Random(1);
    /** S(G). */
    private final float[][] penalised = new float[OBJECTS][ANCHORS];

    private FreeEntries entries() {
        IdLists lists = new IdLists(1, 1);
        for (int object = 0; object < OBJECTS; object++) {
            int[] related = new int[ANCHORS];
            int count = 0;
            for (int anchor = 0; anchor < ANCHORS; anchor++) {
                boolean free = random.nextInt(4) == 0;
                penalised[object][anchor] = free ? 0 : 1;
                if (free) {
                    related[count++] = anchor;
                }
            }
            lists.add(related, count);
        }
        return new FreeEntries(lists);
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
        assertThat(entries.objects()).isEqualTo(OBJECTS);
        int free = 0;
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = Operator.random(random, ANCHORS);
            float[] expected = printed(object, row, 0.3f);
            float[] padded = new float[ANCHORS + 5];
            System.arraycopy(row, 0, padded, 2, ANCHORS);
            int nonZeros = entries.nonNegativeSoft(object, padded, 2, ANCHORS, 0.3f);
            float[] result = java.util.Arrays.copyOfRange(padded, 2, 2 + ANCHORS);
            assertThat(result).containsExactly(expected);
            assertThat(nonZeros).isEqualTo(Norms.l0(expected, 0, ANCHORS));
            for (int k = 0; k < ANCHORS; k++) {
                assertThat(entries.isFree(object, k)).isEqualTo(penalised[object][k] == 0);
                free += entries.isFree(object, k) ? 1 : 0;
                if (entries.isFree(object, k) && row[k] > 0) {
                    assertThat(result[k]).isEqualTo(row[k]); // never thresholded
                }
            }
        }
        assertThat(entries.size()).isEqualTo(free).isPositive();
    }

    @Test
    void releasedThresholdsDoTheSameOnBothWaysToStoreARow() {
        FreeEntries entries = entries();
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = Operator.random(random, ANCHORS);
            float[] expected = printed(object, row, 0.3f);

            float[] thresholds = filled(0.3f);
            entries.release(object, thresholds, ANCHORS);
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
            entries.release(object, coordinates, 1, count, thresholds);
            Proximal.nonNegativeSoft(stored, 1, count, thresholds);
            for (int i = 1; i <= count; i++) {
                assertThat(stored[i]).isEqualTo(expected[coordinates[i]]);
            }
        }
    }

    private static float[] filled(float value) {
        float[] values = new float[ANCHORS];
        java.util.Arrays.fill(values, value);
        return values;
    }

    @Test
    void fewerCoordinatesThanAnchorsAreFine() {
        IdLists lists = new IdLists(1, 2);
        lists.add(new int[] {1, 7}, 2);
        FreeEntries entries = new FreeEntries(lists);
        float[] row = {1, 1, 1};
        assertThat(entries.nonNegativeSoft(0, row, 0, 3, 0.25f)).isEqualTo(3);
        assertThat(row).containsExactly(0.75f, 1, 0.75f);
    }

    @Test
    void listsOutOfOrderAreRefused() {
        IdLists lists = new IdLists(2, 2);
        lists.add(new int[] {1, 4}, 2);
        lists.add(new int[] {4, 4}, 2);
        assertThatThrownBy(() -> new FreeEntries(lists))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("anchors related to object 1 must be ascending and distinct, from 0, got 4 after 4");
    }
}
