package dev.longtail.kernel;

import static java.util.Objects.checkFromToIndex;

/**
 * The part of {@link Vectors} that is about many short rows, see {@link RowKernels}. Ranges are checked at once, rows
 * by the JVM: one that does not lie in its array ends in IndexOutOfBoundsException, the rows before it being done.
 */
public final class RowVectors {

    private RowVectors() {}

    public static void readRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        checkFromToIndex(from, to, Math.min(page.length, at.length));
        Vectors.kernels().readRows(pages, page, at, from, to, n, y);
    }

    public static void writeRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        checkFromToIndex(from, to, Math.min(page.length, at.length));
        Vectors.kernels().writeRows(pages, page, at, from, to, n, y);
    }

    public static void readParts(
            float[][] pages,
            int[] page,
            int[] at,
            int width,
            int room,
            int from,
            int to,
            int n,
            float[][] y,
            int yStride) {
        checkFromToIndex(from, to, Math.min(page.length, at.length));
        Vectors.kernels().readParts(pages, page, at, width, room, from, to, n, y, yStride);
    }

    public static void writeParts(
            float[][] pages,
            int[] page,
            int[] at,
            int width,
            int room,
            int from,
            int to,
            int n,
            float[][] y,
            int yStride) {
        checkFromToIndex(from, to, Math.min(page.length, at.length));
        Vectors.kernels().writeParts(pages, page, at, width, room, from, to, n, y, yStride);
    }

    public static void pairDots(Panel a, int[] aRows, Panel b, int[] bRows, int from, int to, int n, float[] dots) {
        checkFromToIndex(from, to, Math.min(dots.length, Math.min(aRows.length, bRows.length)));
        Vectors.kernels().pairDots(a, aRows, b, bRows, from, to, n, dots);
    }

    public static void scaledRows(float alpha, float[] weights, Panel x, Panel y, int count, int n) {
        checkFromToIndex(0, count, weights.length);
        Vectors.kernels().scaledRows(alpha, weights, x, y, count, n);
    }

    public static void addScaledRows(float[] alpha, Panel x, int[] xRows, Panel y, int[] yRows, int count, int n) {
        checkFromToIndex(0, count, Math.min(alpha.length, Math.min(xRows.length, yRows.length)));
        Vectors.kernels().addScaledRows(alpha, x, xRows, y, yRows, count, n);
    }
}
