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
            for (; j < n; j++) {
                x[start + j] = y[end + j];
            }
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
