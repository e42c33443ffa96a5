package dev.longtail.simd;

import static dev.longtail.simd.Lanes.BLOCK;
import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.longtail.kernel.Kernels;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The kernels on vectors of the width that the processor prefers, 128 to 512 bits. What is left over at the end of a
 * batch or an array is done one value at a time, because masked operations are slow without AVX-512.
 */
public final class VectorKernels extends VectorRows implements Kernels {

    @Override
    public String name() {
        return "vector-" + LENGTH * Float.SIZE;
    }

    @Override
    public int lanes() {
        return LENGTH;
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        FloatVector sum0 = Lanes.zero();
        FloatVector sum1 = Lanes.zero();
        FloatVector sum2 = Lanes.zero();
        FloatVector sum3 = Lanes.zero();
        int i = 0;
        for (; i <= n - BLOCK; i += BLOCK) {
            int atA = aOffset + i;
            int atB = bOffset + i;
            sum0 = fromArray(SPECIES, a, atA).fma(fromArray(SPECIES, b, atB), sum0);
            sum1 = fromArray(SPECIES, a, atA + LENGTH).fma(fromArray(SPECIES, b, atB + LENGTH), sum1);
            sum2 = fromArray(SPECIES, a, atA + 2 * LENGTH).fma(fromArray(SPECIES, b, atB + 2 * LENGTH), sum2);
            sum3 = fromArray(SPECIES, a, atA + 3 * LENGTH).fma(fromArray(SPECIES, b, atB + 3 * LENGTH), sum3);
        }
        for (; i <= n - LENGTH; i += LENGTH) {
            sum0 = fromArray(SPECIES, a, aOffset + i).fma(fromArray(SPECIES, b, bOffset + i), sum0);
        }
        float dot = Lanes.sum(sum0.add(sum1).add(sum2.add(sum3)));
        for (; i < n; i++) {
            dot += a[aOffset + i] * b[bOffset + i];
        }
        return dot;
    }

    @Override
    public float gatherDot(
            float[] weights, int offset, char[] indices, int indexOffset, int n, float[] x, int xOffset, int[] buffer) {
        return GatherUnit.dot(weights, offset, indices, indexOffset, n, x, xOffset, buffer);
    }

    @Override
    public void addScaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector factor = broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            factor.fma(fromArray(SPECIES, x, xOffset + i), fromArray(SPECIES, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }

    @Override
    public void scaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector factor = broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            factor.mul(fromArray(SPECIES, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < n; i++) {
            y[yOffset + i] = alpha * x[xOffset + i];
        }
    }

    @Override
    public void addScaledBytes(float alpha, byte[] x, int xOffset, float[] y, int yOffset, int n) {
        ByteUnit.addScaled(alpha, x, xOffset, y, yOffset, n);
    }

    @Override
    public void scale(float alpha, float[] x, int offset, int n) {
        FloatVector factor = broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            fromArray(SPECIES, x, offset + i).mul(factor).intoArray(x, offset + i);
        }
        for (; i < n; i++) {
            x[offset + i] *= alpha;
        }
    }

    @Override
    public void sparseScores(
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
        Lanes.fill(scores, 0, batch, bias);
        SparseUnit.scores(weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, scores);
    }

    @Override
    public void addSparseScores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] scores) {
        SparseUnit.scores(weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, scores);
    }

    @Override
    public void sparseGradients(
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
        SparseUnit.gradients(
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

    @Override
    public void denseScores(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset) {
        Lanes.fill(scores, scoresOffset, batch, bias);
        DenseUnit.scores(weights, offset, inputs, x, xOffset, batch, 0, scores, scoresOffset);
    }

    @Override
    public void denseGradients(
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
        Arrays.fill(dWeights, 0, inputs, 0f);
        DenseUnit.gradients(
                weights, offset, inputs, x, xOffset, batch, 0, dScores, dScoresOffset, dx, dxOffset, dWeights, 0);
    }

    @Override
    public void addDenseScores(
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
        DenseUnits.scores(weights, offsets, first, count, inputs, x, xOffset, batch, scores, scoresOffset);
    }

    @Override
    public void denseGradients(
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
        DenseUnits.gradients(
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

    @Override
    public void multiplyAdd(
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
        MatrixUnit.multiplyAdd(
                a, aOffset, aRow, aColumn, b, bOffset, bStride, c, cOffset, cStride, rows, inner, columns);
    }

    @Override
    public float squaredHinge(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        return VectorLosses.squaredHinge(scores, targets, batch, scale, dScores);
    }

    @Override
    public float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        return VectorLosses.logistic(scores, targets, batch, scale, dScores);
    }

    @Override
    public void sgd(float[] weights, int offset, float[] gradient, int n, float rate, float decay) {
        VectorOptimizers.sgd(weights, offset, gradient, n, rate, decay);
    }

    @Override
    public void momentum(
            float[] weights,
            int offset,
            float[] velocity,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float momentum,
            float decay) {
        VectorOptimizers.momentum(weights, offset, velocity, stateOffset, gradient, n, rate, momentum, decay);
    }

    @Override
    public void adagrad(
            float[] weights,
            int offset,
            float[] squares,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float epsilon,
            float decay) {
        VectorOptimizers.adagrad(weights, offset, squares, stateOffset, gradient, n, rate, epsilon, decay);
    }

    @Override
    public void adamW(
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
        VectorOptimizers.adamW(
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

    @Override
    public void yogi(
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
        VectorOptimizers.yogi(
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
}
