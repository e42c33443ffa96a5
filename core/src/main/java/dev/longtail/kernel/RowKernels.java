package dev.longtail.kernel;

/**
 * Arithmetic on many short rows, each as one loop: a call for each row takes longer than what is done to its five or
 * sixteen numbers. The plain loops here are the specification.
 */
public interface RowKernels {

    /** Copies rows that lie anywhere side by side: y[(i - from) * n + j] = pages[page[i]][at[i] + j]. */
    default void readRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        for (int i = from; i < to; i++) {
            System.arraycopy(pages[page[i]], at[i], y.values(), y.at((i - from) * n), n);
        }
    }

    /** The way back: pages[page[i]][at[i] + j] = y[(i - from) * n + j]. */
    default void writeRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        for (int i = from; i < to; i++) {
            System.arraycopy(y.values(), y.at((i - from) * n), pages[page[i]], at[i], n);
        }
    }

    /**
     * Copies rows of several parts apart: for every array y[p], from <= i < to and 0 <= j < n
     *
     * <pre>
     *   y[p][i * yStride + j] = pages[page[i]][at[i] + p * width + j]
     * </pre>
     *
     * What is behind a row in y, up to its stride, may be set to 0.
     *
     * @param width numbers from a part to the next one
     * @param room numbers behind the last part of a row in its page that belong to nobody
     */
    default void readParts(
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
        for (int i = from; i < to; i++) {
            for (int p = 0; p < y.length; p++) {
                System.arraycopy(pages[page[i]], at[i] + p * width, y[p], i * yStride, n);
            }
        }
    }

    /** The way back: pages[page[i]][at[i] + p * width + j] = y[p][i * yStride + j]; {@code room} may be written. */
    default void writeParts(
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
        for (int i = from; i < to; i++) {
            for (int p = 0; p < y.length; p++) {
                System.arraycopy(y[p], i * yStride, pages[page[i]], at[i] + p * width, n);
            }
        }
    }

    /**
     * Products of rows by pairs: dots[i] = sum over j < n of a[aRows[i] * n + j] * b[bRows[i] * n + j], for from <= i <
     * to.
     */
    default void pairDots(Panel a, int[] aRows, Panel b, int[] bRows, int from, int to, int n, float[] dots) {
        for (int i = from; i < to; i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a.values()[a.at(aRows[i] * n + j)] * b.values()[b.at(bRows[i] * n + j)];
            }
            dots[i] = sum;
        }
    }

    /** y[i * n + j] = alpha * weights[i] * x[i * n + j] for i < count and j < n; y is written only. */
    default void scaledRows(float alpha, float[] weights, Panel x, Panel y, int count, int n) {
        for (int i = 0; i < count; i++) {
            float weight = alpha * weights[i];
            for (int j = i * n; j < (i + 1) * n; j++) {
                y.values()[y.at(j)] = weight * x.values()[x.at(j)];
            }
        }
    }

    /** y[yRows[i] * n + j] += alpha[i] * x[xRows[i] * n + j] for j < n and i < count, one i after the other. */
    default void addScaledRows(float[] alpha, Panel x, int[] xRows, Panel y, int[] yRows, int count, int n) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < n; j++) {
                y.values()[y.at(yRows[i] * n + j)] += alpha[i] * x.values()[x.at(xRows[i] * n + j)];
            }
        }
    }
}
