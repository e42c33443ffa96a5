package dev.longtail.kernel;

/** Copies of short rows that lie anywhere in several pages, see {@link Kernels#gatherRows}: the specification. */
final class ScalarRowCopies {

    private ScalarRowCopies() {}

    static void gather(
            float[][] pages, int[] page, int[] at, int shift, int from, int to, int n, float[] y, int yStride) {
        for (int i = from; i < to; i++) {
            System.arraycopy(pages[page[i]], at[i] + shift, y, i * yStride, n);
        }
    }

    static void scatter(
            float[][] pages, int[] page, int[] at, int shift, int from, int to, int n, float[] y, int yStride) {
        for (int i = from; i < to; i++) {
            System.arraycopy(y, i * yStride, pages[page[i]], at[i] + shift, n);
        }
    }
}
