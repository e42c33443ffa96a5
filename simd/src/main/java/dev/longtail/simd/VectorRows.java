package dev.longtail.simd;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.RowKernels;

/** Kernels over many short rows. */
class VectorRows implements RowKernels {

    @Override
    public void readRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        RowCopies.read(pages, page, at, from, to, n, y.values(), y.offset());
    }

    @Override
    public void writeRows(float[][] pages, int[] page, int[] at, int from, int to, int n, Panel y) {
        RowCopies.write(pages, page, at, from, to, n, y.values(), y.offset());
    }

    @Override
    public void readParts(
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
        if (RowParts.fit(width, room, n, y.length, yStride)) {
            RowParts.read(pages, page, at, from, to, n, y[0], y[1], y[2], yStride);
            return;
        }
        for (int p = 0; p < y.length; p++) {
            RowCopies.gather(pages, page, at, p * width, from, to, n, y[p], yStride);
        }
    }

    @Override
    public void writeParts(
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
        if (RowParts.fit(width, room, n, y.length, yStride)) {
            RowParts.write(pages, page, at, from, to, n, y[0], y[1], y[2], yStride);
            return;
        }
        for (int p = 0; p < y.length; p++) {
            int behind = (y.length - p) * width - n + room;
            RowCopies.scatter(pages, page, at, p * width, behind, from, to, n, y[p], yStride);
        }
    }

    @Override
    public void pairDots(Panel a, int[] aRows, Panel b, int[] bRows, int from, int to, int n, float[] dots) {
        RowPairs.dots(a.values(), a.offset(), aRows, b.values(), b.offset(), bRows, from, to, n, dots);
    }

    @Override
    public void scaledRows(float alpha, float[] weights, Panel x, Panel y, int count, int n) {
        RowPairs.scaled(alpha, weights, x.values(), x.offset(), y.values(), y.offset(), count, n);
    }

    @Override
    public void addScaledRows(float[] alpha, Panel x, int[] xRows, Panel y, int[] yRows, int count, int n) {
        RowPairs.addScaled(alpha, x.values(), x.offset(), xRows, y.values(), y.offset(), yRows, count, n);
    }
}
