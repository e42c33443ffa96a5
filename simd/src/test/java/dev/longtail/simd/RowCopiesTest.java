package dev.longtail.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of rows, whole and of parts, on vectors against the scalar specification. */
class RowCopiesTest {

    private static final int PAGES = 3;
    private static final int ROWS = 20;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();
    private final int[] page = new int[ROWS];
    private final int[] at = new int[ROWS];

    /** Pages that end with their last row, and all places of rows in random order. */
    private float[][] pages(int length) {
        float[][] pages = new float[PAGES][];
        Arrays.setAll(pages, p -> Floats.random(p, ROWS * length));
        int[] places = new SplittableRandom(length)
                .ints(500, 0, PAGES * ROWS)
                .distinct()
                .limit(ROWS)
                .toArray();
        for (int i = 0; i < ROWS; i++) {
            page[i] = places[i] / ROWS;
            at[i] = places[i] % ROWS * length;
        }
        at[0] = (ROWS - 1) * length;
        return pages;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 20, 24, 33, 50})
    void partsAsTheScalarOnes(int n) {
        for (int parts = 1; parts <= 3; parts++) {
            for (int room = 0; room <= 2; room++) {
                for (int stride : new int[] {n, n + 1, (n + 7) / 8 * 8, (n + 15) / 16 * 16, n + 16}) {
                    parts(n, n, parts, room, stride);
                    parts(n, n + 1, parts, room, stride);
                }
            }
        }
    }

    private void parts(int n, int width, int parts, int room, int stride) {
        float[][] pages = pages(parts * width + room);
        float[][] expected = pages(parts * width + room);
        float[][] y = new float[parts][];
        Arrays.setAll(y, part -> Floats.random(9, ROWS * stride));
        float[][] copied = new float[parts][];
        Arrays.setAll(copied, part -> y[part].clone());
        vector.readParts(pages, page, at, width, room, 1, ROWS, n, y, stride);
        scalar.readParts(expected, page, at, width, room, 1, ROWS, n, copied, stride);
        for (int part = 0; part < parts; part++) {
            for (int i = 0; i < ROWS * stride; i++) {
                if (i % stride < n || i < stride) {
                    assertThat(y[part][i]).isEqualTo(copied[part][i]);
                } else {
                    assertThat(y[part][i]).isIn(0f, copied[part][i]);
                    y[part][i] = 9; // what is behind a row reaches no page
                }
                copied[part][i] = y[part][i] = 1.5f * y[part][i] + i;
            }
        }
        vector.writeParts(pages, page, at, width, room, 2, ROWS - 1, n, y, stride);
        scalar.writeParts(expected, page, at, width, room, 2, ROWS - 1, n, copied, stride);
        for (int p = 0; p < PAGES; p++) {
            for (int i = 0; i < pages[p].length; i++) {
                if (i % (parts * width + room) < parts * width) {
                    assertThat(pages[p][i]).isEqualTo(expected[p][i]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 8, 11, 16, 17, 30, 32, 47})
    void rowsAsTheScalarOnes(int n) {
        float[][] pages = pages(n);
        float[][] expected = pages(n);
        Panel y = new Panel(Floats.random(1, ROWS * n + 3), 3);
        Panel copied = new Panel(y.values().clone(), 3);
        vector.readRows(pages, page, at, 4, ROWS - 1, n, y);
        scalar.readRows(pages, page, at, 4, ROWS - 1, n, copied);
        assertThat(y.values()).containsExactly(copied.values());
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = 2 * y.values()[i] + i;
        }
        vector.writeRows(pages, page, at, 5, ROWS - 3, n, y);
        scalar.writeRows(expected, page, at, 5, ROWS - 3, n, y);
        for (int p = 0; p < PAGES; p++) {
            assertThat(pages[p]).containsExactly(expected[p]);
        }
    }

    @Test
    void rowsOutsideOfTheirPageAreRefused() {
        float[][] pages = pages(15);
        at[4] = pages[page[4]].length - 3;
        float[][] y = new float[3][ROWS * 16];
        for (int room = 0; room <= 1; room++) {
            int behind = room;
            assertThatThrownBy(() -> vector.readParts(pages, page, at, 5, behind, 0, ROWS, 5, y, 16))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> vector.writeParts(pages, page, at, 5, behind, 0, ROWS, 5, y, 16))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        Panel rows = Panel.of(ROWS * 16);
        assertThatThrownBy(() -> vector.readRows(pages, page, at, 0, ROWS, 16, rows))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> vector.writeRows(pages, page, at, 0, ROWS, 16, rows))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
