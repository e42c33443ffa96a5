package dev.longtail.kernel;

import static java.util.Objects.checkFromIndexSize;

/**
 * The rest of {@link Vectors}: kernels over several units with the same inputs, and over a part of a label's slots. The
 * checks are the same, and {@code offsets} are looked at one by one.
 */
public final class UnitVectors {

    private UnitVectors() {}

    public static void addSparseScores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] scores) {
        checkFromIndexSize(offset, fanIn, weights.length);
        checkFromIndexSize(indexOffset, fanIn, indices.length);
        checkFromIndexSize(xOffset, batch, x.length);
        checkFromIndexSize(0, batch, scores.length);
        Vectors.kernels().addSparseScores(weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, scores);
    }

    public static void sparseGradients(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] dScores,
            float[] dx,
            int dxOffset,
            float[] dWeights,
            int dWeightsOffset) {
        checkFromIndexSize(offset, fanIn, weights.length);
        checkFromIndexSize(indexOffset, fanIn, indices.length);
        checkFromIndexSize(xOffset, batch, x.length);
        checkFromIndexSize(0, batch, dScores.length);
        checkFromIndexSize(dxOffset, batch, dx.length);
        checkFromIndexSize(dWeightsOffset, fanIn, dWeights.length);
        Vectors.kernels()
                .sparseGradients(
                        weights,
                        offset,
                        indices,
                        indexOffset,
                        fanIn,
                        x,
                        xOffset,
                        batch,
                        dScores,
                        dx,
                        dxOffset,
                        dWeights,
                        dWeightsOffset);
    }

    public static void addDenseScores(
            float[] weights,
            int[] offsets,
            int first,
            int count,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset) {
        checkRows(weights, offsets, first, count, inputs);
        checkFromIndexSize(xOffset, (long) inputs * batch, x.length);
        checkFromIndexSize(scoresOffset, (long) count * batch, scores.length);
        Vectors.kernels()
                .addDenseScores(weights, offsets, first, count, inputs, x, xOffset, batch, scores, scoresOffset);
    }

    public static void denseGradients(
            float[] weights,
            int[] offsets,
            int first,
            int count,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            int dxOffset,
            float[] dWeights) {
        checkRows(weights, offsets, first, count, inputs);
        checkFromIndexSize(xOffset, (long) inputs * batch, x.length);
        checkFromIndexSize(dScoresOffset, (long) count * batch, dScores.length);
        checkFromIndexSize(dxOffset, (long) inputs * batch, dx.length);
        checkFromIndexSize(0, (long) count * inputs, dWeights.length);
        Vectors.kernels()
                .denseGradients(
                        weights,
                        offsets,
                        first,
                        count,
                        inputs,
                        x,
                        xOffset,
                        batch,
                        dScores,
                        dScoresOffset,
                        dx,
                        dxOffset,
                        dWeights);
    }

    private static void checkRows(float[] weights, int[] offsets, int first, int count, int inputs) {
        checkFromIndexSize(first, count, offsets.length);
        for (int unit = first; unit < first + count; unit++) {
            checkFromIndexSize(offsets[unit], inputs, weights.length);
        }
    }
}
