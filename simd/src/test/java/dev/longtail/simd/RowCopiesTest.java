package dev.longtail.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of rows of three parts on vectors against the scalar specification. */
class RowCopiesTest {

    private static final int PAGES = 3;
    private static final int ROWS = 20;
    private static final int PARTS = 3;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();
    private final int[] page = new int[ROWS];
    private final int[] at = new int[ROWS];

    /** Pages that end with their last row, and all places of rows in random order. */
    private float[][] pages(int n) {
        float[][] pages = new float[PAGES][];
        Arrays.setAll(pages, p -> Floats.random(p, ROWS * PARTS * n));
        int[] places = new SplittableRandom(n)
                .ints(500, 0, PAGES * ROWS)
                .distinct()
                .limit(ROWS)
                .toArray();
        for (int i = 0; i < ROWS; i++) {
            page[i] = places[i] / ROWS;
            at[i] = places[i] % ROWS * PARTS * n;
        }
        at[0] = (ROWS - 1) * PARTS * n;
        return pages;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 20, 24, 33, 50})
    void sameAsTheScalarOnes(int n) {
        for (int stride : new int[] {n, n + 1, (n + 7) / 8 * 8, (n + 15) / 16 * 16}) {
            float[][] pages = pages(n);
            float[][] expected = pages(n);
            for (int part = 0; part < PARTS; part++) {
                float[] y = gathered(pages, part, n, stride);
                for (int i = 3; i < ROWS; i++) {
                    for (int j = 0; j < n; j++) {
                        y[i * stride + j] *= 1.5f;
                    }
                }
                int room = (PARTS - 1 - part) * n;
                vector.scatterRows(pages, page, at, part * n, room, 2, ROWS - 1, n, y, stride);
                scalar.scatterRows(expected, page, at, part * n, room, 2, ROWS - 1, n, y, stride);
                for (int p = 0; p < PAGES; p++) {
                    assertThat(pages[p]).containsExactly(expected[p]);
                }
            }
        }
    }

    /** Rows as both kernels copy them; behind a row stands what was there or 0. */
    private float[] gathered(float[][] pages, int part, int n, int stride) {
        float[] y = new float[ROWS * stride];
        Arrays.fill(y, 7);
        float[] expected = y.clone();
        vector.gatherRows(pages, page, at, part * n, 1, ROWS, n, y, stride);
        scalar.gatherRows(pages, page, at, part * n, 1, ROWS, n, expected, stride);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < stride; j++) {
                float found = y[i * stride + j];
                if (j < n || i == 0) {
                    assertThat(found).isEqualTo(expected[i * stride + j]);
                } else {
                    assertThat(found).isIn(0f, 7f);
                }
            }
        }
        return expected;
    }

    @Test
    void rowsOutsideOfTheirPageAreRefused() {
        float[][] pages = pages(5);
        at[4] = pages[page[4]].length - 3;
        float[] y = new float[ROWS * 8];
        assertThatThrownBy(() -> vector.gatherRows(pages, page, at, 0, 0, ROWS, 5, y, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.scatterRows(pages, page, at, 0, 0, 0, ROWS, 5, y, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.scatterRows(pages, page, at, 0, 9, 0, ROWS, 5, y, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
