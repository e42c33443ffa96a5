package dev.longtail.kernel;

import static java.util.Objects.checkFromIndexSize;

import java.util.Objects;

/**
 * The kernels of this JVM, with checks of offsets and lengths; all other packages call these methods, which mean what
 * {@link Kernels} says. Every check takes constant time: the values inside {@code indices} are not looked at, and an
 * index that points behind the end of {@code x} ends in the JVM's own IndexOutOfBoundsException.
 *
 * <p>Ranges that do not fit their array throw IndexOutOfBoundsException before anything is written.
 */
public final class Vectors {

    private static final KernelChoice CHOICE = KernelChoice.ofThisJvm().logged();
    private static final Kernels KERNELS = CHOICE.kernels();

    private Vectors() {}

    /** The kernels of this JVM, without checks. */
    static Kernels kernels() {
        return KERNELS;
    }

    /** Name of the variant, for example {@code scalar} or {@code vector-512}; results differ between variants. */
    public static String name() {
        return KERNELS.name();
    }

    /** Number of floats handled at once; a batch size that is a multiple of four times this is fastest. */
    public static int lanes() {
        return KERNELS.lanes();
    }

    /** Name of the variant in use and, when it is the scalar one, the reason in brackets. */
    public static String description() {
        return CHOICE.description();
    }

    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        checkFromIndexSize(aOffset, n, a.length);
        checkFromIndexSize(bOffset, n, b.length);
        return KERNELS.dot(a, aOffset, b, bOffset, n);
    }

    public static float gatherDot(
            float[] weights, int offset, char[] indices, int indexOffset, int n, float[] x, int xOffset, int[] buffer) {
        checkSlots(weights, offset, indices, indexOffset, n);
        checkFromIndexSize(0, lanes(), buffer.length);
        return KERNELS.gatherDot(weights, offset, indices, indexOffset, n, x, xOffset, buffer);
    }

    public static void addScaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        checkFromIndexSize(xOffset, n, x.length);
        checkFromIndexSize(yOffset, n, y.length);
        KERNELS.addScaled(alpha, x, xOffset, y, yOffset, n);
    }

    public static void scaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        checkFromIndexSize(xOffset, n, x.length);
        checkFromIndexSize(yOffset, n, y.length);
        KERNELS.scaled(alpha, x, xOffset, y, yOffset, n);
    }

    public static void addScaledBytes(float alpha, byte[] x, int xOffset, float[] y, int yOffset, int n) {
        checkFromIndexSize(xOffset, n, x.length);
        checkFromIndexSize(yOffset, n, y.length);
        KERNELS.addScaledBytes(alpha, x, xOffset, y, yOffset, n);
    }

    public static void scale(float alpha, float[] x, int offset, int n) {
        checkFromIndexSize(offset, n, x.length);
        KERNELS.scale(alpha, x, offset, n);
    }

    public static void sparseScores(
            float[] weights, char[] indices, int offset, int fanIn, float bias, float[] x, int batch, float[] scores) {
        sparseScores(weights, offset, indices, offset, fanIn, bias, x, 0, batch, scores);
    }

    public static void sparseScores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float bias,
            float[] x,
            int xOffset,
            int batch,
            float[] scores) {
        checkSlots(weights, offset, indices, indexOffset, fanIn);
        checkFromIndexSize(xOffset, batch, x.length);
        checkFromIndexSize(0, batch, scores.length);
        KERNELS.sparseScores(weights, offset, indices, indexOffset, fanIn, bias, x, xOffset, batch, scores);
    }

    public static void sparseGradients(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights) {
        checkFromIndexSize(0, x.length, dx.length);
        sparseGradients(weights, offset, indices, offset, fanIn, x, 0, batch, dScores, dx, 0, dWeights);
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
            float[] dWeights) {
        checkSlots(weights, offset, indices, indexOffset, fanIn);
        checkFromIndexSize(xOffset, batch, x.length);
        checkFromIndexSize(0, batch, dScores.length);
        checkFromIndexSize(dxOffset, batch, dx.length);
        checkFromIndexSize(0, fanIn, dWeights.length);
        KERNELS.sparseGradients(
                weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, dScores, dx, dxOffset, dWeights);
    }

    public static void denseScores(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int batch,
            float[] scores,
            int scoresOffset) {
        denseScores(weights, offset, inputs, bias, x, 0, batch, scores, scoresOffset);
    }

    public static void denseScores(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset) {
        checkFromIndexSize(offset, inputs, weights.length);
        checkFromIndexSize(xOffset, (long) inputs * batch, x.length);
        checkFromIndexSize(scoresOffset, batch, scores.length);
        KERNELS.denseScores(weights, offset, inputs, bias, x, xOffset, batch, scores, scoresOffset);
    }

    public static void denseGradients(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            float[] dWeights) {
        denseGradients(weights, offset, inputs, x, 0, batch, dScores, dScoresOffset, dx, 0, dWeights);
    }

    public static void denseGradients(
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] dScores,
            int dScoresOffset,
            float[] dx,
            int dxOffset,
            float[] dWeights) {
        checkFromIndexSize(offset, inputs, weights.length);
        checkFromIndexSize(xOffset, (long) inputs * batch, x.length);
        checkFromIndexSize(dScoresOffset, batch, dScores.length);
        checkFromIndexSize(dxOffset, (long) inputs * batch, dx.length);
        checkFromIndexSize(0, inputs, dWeights.length);
        KERNELS.denseGradients(
                weights, offset, inputs, x, xOffset, batch, dScores, dScoresOffset, dx, dxOffset, dWeights);
    }

    public static float squaredHinge(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        checkLoss(scores, targets, batch, dScores);
        return KERNELS.squaredHinge(scores, targets, batch, scale, dScores);
    }

    public static float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        checkLoss(scores, targets, batch, dScores);
        return KERNELS.logistic(scores, targets, batch, scale, dScores);
    }

    public static void sgd(float[] weights, int offset, float[] gradient, int n, float rate, float decay) {
        checkFromIndexSize(offset, n, weights.length);
        checkFromIndexSize(0, n, gradient.length);
        KERNELS.sgd(weights, offset, gradient, n, rate, decay);
    }

    public static void momentum(
            float[] weights,
            int offset,
            float[] velocity,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float momentum,
            float decay) {
        checkFromIndexSize(offset, n, weights.length);
        checkFromIndexSize(stateOffset, n, velocity.length);
        checkFromIndexSize(0, n, gradient.length);
        KERNELS.momentum(weights, offset, velocity, stateOffset, gradient, n, rate, momentum, decay);
    }

    public static void adagrad(
            float[] weights,
            int offset,
            float[] squares,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float epsilon,
            float decay) {
        checkFromIndexSize(offset, n, weights.length);
        checkFromIndexSize(stateOffset, n, squares.length);
        checkFromIndexSize(0, n, gradient.length);
        KERNELS.adagrad(weights, offset, squares, stateOffset, gradient, n, rate, epsilon, decay);
    }

    public static void adamW(
            float[] weights,
            int offset,
            float[] first,
            float[] second,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float decay,
            float correction1,
            float correction2) {
        checkFromIndexSize(offset, n, weights.length);
        checkFromIndexSize(stateOffset, n, first.length);
        checkFromIndexSize(stateOffset, n, second.length);
        checkFromIndexSize(0, n, gradient.length);
        KERNELS.adamW(
                weights,
                offset,
                first,
                second,
                stateOffset,
                gradient,
                n,
                rate,
                beta1,
                beta2,
                epsilon,
                decay,
                correction1,
                correction2);
    }

    public static void multiplyAdd(
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride,
            int rows,
            int inner,
            int columns) {
        if (rows == 0 || inner == 0 || columns == 0) {
            return;
        }
        checkMatrix(aOffset, (rows - 1L) * aRow + (inner - 1L) * aColumn + 1, a.length);
        checkMatrix(bOffset, (inner - 1L) * bStride + columns, b.length);
        checkMatrix(cOffset, (rows - 1L) * cStride + columns, c.length);
        KERNELS.multiplyAdd(a, aOffset, aRow, aColumn, b, bOffset, bStride, c, cOffset, cStride, rows, inner, columns);
    }

    private static void checkMatrix(int offset, long extent, int length) {
        Objects.checkFromIndexSize((long) offset, extent, length);
    }

    public static void yogi(
            float[] weights,
            int offset,
            float[] first,
            float[] second,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float decay,
            float correction1,
            float correction2) {
        checkFromIndexSize(offset, n, weights.length);
        checkFromIndexSize(stateOffset, n, first.length);
        checkFromIndexSize(stateOffset, n, second.length);
        checkFromIndexSize(0, n, gradient.length);
        KERNELS.yogi(
                weights,
                offset,
                first,
                second,
                stateOffset,
                gradient,
                n,
                rate,
                beta1,
                beta2,
                epsilon,
                decay,
                correction1,
                correction2);
    }

    private static void checkSlots(float[] weights, int offset, char[] indices, int indexOffset, int fanIn) {
        checkFromIndexSize(offset, fanIn, weights.length);
        checkFromIndexSize(indexOffset, fanIn, indices.length);
    }

    private static void checkLoss(float[] scores, float[] targets, int batch, float[] dScores) {
        checkFromIndexSize(0, batch, scores.length);
        checkFromIndexSize(0, batch, targets.length);
        checkFromIndexSize(0, batch, dScores.length);
    }
}
