package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies of short rows: a row of five is one register whose last numbers are left as they were, where a loop over its
 * numbers takes as long as reading them from memory. Registers of one width only: on JDK 17 a second width in the same
 * program makes all of them objects, five times as slow.
 */
final class RowCopies {

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SPECIES.vectorShape());

    /** From LENGTH - n on: n lanes of ones, then zeros. */
    private static final int[] ONES = new int[2 * LENGTH];

    static {
        Arrays.fill(ONES, 0, LENGTH, -1);
    }

    private RowCopies() {}

    static void read(float[][] pages, int[] page, int[] at, int from, int to, int n, float[] y, int yAt) {
        int whole = n - n % LENGTH;
        for (int i = from; i < to; i++) {
            float[] x = pages[page[i]];
            int start = at[i];
            int end = yAt + (i - from) * n;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                fromArray(SPECIES, x, start + j).intoArray(y, end + j);
            }
            few(x, start + j, y, end + j, n - whole);
        }
    }

    static void write(float[][] pages, int[] page, int[] at, int from, int to, int n, float[] y, int yAt) {
        int whole = n - n % LENGTH;
        for (int i = from; i < to; i++) {
            float[] x = pages[page[i]];
            int start = at[i];
            int end = yAt + (i - from) * n;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                fromArray(SPECIES, y, end + j).intoArray(x, start + j);
            }
            few(y, end + j, x, start + j, n - whole);
        }
    }

    static void gather(
            float[][] pages, int[] page, int[] at, int shift, int from, int to, int n, float[] y, int yStride) {
        int whole = n - n % LENGTH;
        IntVector kept = IntVector.fromArray(INTS, ONES, LENGTH - n % LENGTH);
        for (int i = from; i < to; i++) {
            float[] x = pages[page[i]];
            int start = at[i] + shift;
            int end = i * yStride;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                fromArray(SPECIES, x, start + j).intoArray(y, end + j);
            }
            if (j < n && start + j + LENGTH <= x.length && j + LENGTH <= yStride) {
                fromArray(SPECIES, x, start + j)
                        .reinterpretAsInts()
                        .and(kept)
                        .reinterpretAsFloats()
                        .intoArray(y, end + j);
                continue;
            }
            for (; j < n; j++) {
                y[end + j] = x[start + j];
            }
        }
    }

    static void scatter(
            float[][] pages, int[] page, int[] at, int shift, int from, int to, int n, float[] y, int yStride) {
        int whole = n - n % LENGTH;
        for (int i = from; i < to; i++) {
            float[] x = pages[page[i]];
            int start = at[i] + shift;
            int end = i * yStride;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                fromArray(SPECIES, y, end + j).intoArray(x, start + j);
            }
            few(y, end + j, x, start + j, n - whole);
        }
    }

    /** Fewer than 16 numbers, by moves in place of a loop, which costs more than they do. */
    private static void few(float[] x, int from, float[] y, int to, int n) {
        int i = from;
        int j = to;
        for (int block = 4; block <= n; block += 4, i += 4, j += 4) {
            y[j] = x[i];
            y[j + 1] = x[i + 1];
            y[j + 2] = x[i + 2];
            y[j + 3] = x[i + 3];
        }
        if ((n & 2) != 0) {
            y[j] = x[i];
            y[j + 1] = x[i + 1];
            i += 2;
            j += 2;
        }
        if ((n & 1) != 0) {
            y[j] = x[i];
        }
    }

    static void scatter(
            float[][] pages,
            int[] page,
            int[] at,
            int shift,
            int room,
            int from,
            int to,
            int n,
            float[] y,
            int yStride) {
        int whole = n - n % LENGTH;
        if (whole == n || n - whole + room < LENGTH || whole + LENGTH > yStride) {
            scatter(pages, page, at, shift, from, to, n, y, yStride);
            return;
        }
        IntVector changed = IntVector.fromArray(INTS, ONES, LENGTH - n % LENGTH);
        IntVector kept = changed.not();
        for (int i = from; i < to; i++) {
            float[] x = pages[page[i]];
            int start = at[i] + shift;
            int end = i * yStride;
            for (int j = 0; j < whole; j += LENGTH) {
                fromArray(SPECIES, y, end + j).intoArray(x, start + j);
            }
            IntVector before =
                    fromArray(SPECIES, x, start + whole).reinterpretAsInts().and(kept);
            fromArray(SPECIES, y, end + whole)
                    .reinterpretAsInts()
                    .and(changed)
                    .or(before)
                    .reinterpretAsFloats()
                    .intoArray(x, start + whole);
        }
    }
}
