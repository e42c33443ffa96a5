package dev.longtail.kernel;

/**
 * The arithmetic of training and prediction on arrays. {@link ScalarKernels} is the specification; other versions
 * follow it method by method.
 *
 * <p>A batch is stored transposed: {@code x[input * batch + example]}, so that every inner loop runs over the examples
 * of the batch and is contiguous. {@code batch} may be any positive number; a multiple of {@link #lanes()} is fast.
 * Offsets and lengths are not checked here, {@link Vectors} does that.
 */
public interface Kernels extends RowKernels {

    /** Second moment of a number that has had no step of {@link #yogi}, as in implementations in use. */
    float YOGI_START = 1e-6f;

    /** Name of the variant, for example {@code scalar} or {@code vector-512}. */
    String name();

    /** Number of floats handled at once. */
    int lanes();

    /** Returns the sum of a[aOffset + i] * b[bOffset + i] over 0 <= i < n. */
    float dot(float[] a, int aOffset, float[] b, int bOffset, int n);

    /**
     * One label for one example: sum over j < n of weights[offset + j] * x[xOffset + indices[indexOffset + j]].
     *
     * @param buffer int[at least {@link #lanes()}], overwritten
     */
    float gatherDot(
            float[] weights, int offset, char[] indices, int indexOffset, int n, float[] x, int xOffset, int[] buffer);

    /** y[yOffset + i] += alpha * x[xOffset + i] for 0 <= i < n. */
    void addScaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n);

    /** y[yOffset + i] = alpha * x[xOffset + i] for 0 <= i < n; y is written only. */
    void scaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n);

    /**
     * {@link #addScaled} with x of signed bytes, y[yOffset + i] += alpha * x[xOffset + i]; their scale is a factor of
     * alpha.
     */
    void addScaledBytes(float alpha, byte[] x, int xOffset, float[] y, int yOffset, int n);

    /** x[offset + i] *= alpha for 0 <= i < n. */
    void scale(float alpha, float[] x, int offset, int n);

    /**
     * Scores of one label with fixed fan-in, for all examples of a batch:
     * scores[i] = bias + sum over j < fanIn of weights[offset + j] * x[indices[indexOffset + j] * batch + i]. Here
     * index and weight of a slot stand at the same place.
     */
    default void sparseScores(
            float[] weights, char[] indices, int offset, int fanIn, float bias, float[] x, int batch, float[] scores) {
        sparseScores(weights, offset, indices, offset, fanIn, bias, x, 0, batch, scores);
    }

    /** The same with the first row of x at {@code xOffset}, for activations in a {@link Scratch}. */
    void sparseScores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float bias,
            float[] x,
            int xOffset,
            int batch,
            float[] scores);

    /** The same with scores[i] as it is in place of the bias. */
    void addSparseScores(
            float[] weights,
            int offset,
            char[] indices,
            int indexOffset,
            int fanIn,
            float[] x,
            int xOffset,
            int batch,
            float[] scores);

    /**
     * Gradients of the same label, for 0 <= j < fanIn:
     *
     * <pre>
     *   row(j) = indices[indexOffset + j] * batch
     *   dWeights[j]       = sum over i < batch of dScores[i] * x[row(j) + i]
     *   dx[row(j) + i]   += weights[offset + j] * dScores[i]
     * </pre>
     */
    default void sparseGradients(
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights) {
        sparseGradients(weights, offset, indices, offset, fanIn, x, 0, batch, dScores, dx, 0, dWeights);
    }

    /** The same with the first rows of x and dx at {@code xOffset} and {@code dxOffset}. */
    default void sparseGradients(
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
        sparseGradients(
                weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, dScores, dx, dxOffset, dWeights, 0);
    }

    /** The same with dWeights[dWeightsOffset + j] in place of dWeights[j]. */
    void sparseGradients(
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
            int dWeightsOffset);

    /**
     * Scores of one densely connected unit:
     * scores[scoresOffset + i] = bias + sum over j < inputs of weights[offset + j] * x[j * batch + i].
     */
    default void denseScores(
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

    /** The same with the first row of x at {@code xOffset}. */
    void denseScores(
            float[] weights,
            int offset,
            int inputs,
            float bias,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset);

    /**
     * Gradients of the same unit: dWeights[j] = sum over i of dScores[dScoresOffset + i] * x[j * batch + i] and
     * dx[j * batch + i] += weights[offset + j] * dScores[dScoresOffset + i].
     */
    default void denseGradients(
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

    /** The same with the first rows of x and dx at {@code xOffset} and {@code dxOffset}. */
    void denseGradients(
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
            float[] dWeights);

    /**
     * Scores of several densely connected units with the same inputs, added to what is there (their biases). The
     * weights of unit u < count begin at offsets[first + u]:
     * scores[scoresOffset + u * batch + i] += sum over j < inputs of
     * weights[offsets[first + u] + j] * x[xOffset + j * batch + i]. The same bits as unit by unit.
     */
    void addDenseScores(
            float[] weights,
            int[] offsets,
            int first,
            int count,
            int inputs,
            float[] x,
            int xOffset,
            int batch,
            float[] scores,
            int scoresOffset);

    /**
     * Gradients of the same units: dWeights[u * inputs + j] = sum over i of dScores[dScoresOffset + u * batch + i] *
     * x[xOffset + j * batch + i] and dx[dxOffset + j * batch + i] += sum over u of weights[offsets[first + u] + j] *
     * dScores[dScoresOffset + u * batch + i]. The same bits as unit by unit.
     */
    void denseGradients(
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
            float[] dWeights);

    /**
     * Product of two matrices, added to a third: for 0 <= i < rows and 0 <= j < columns
     *
     * <pre>
     *   c[cOffset + i * cStride + j] += sum over p < inner of
     *       a[aOffset + i * aRow + p * aColumn] * b[bOffset + p * bStride + j]
     * </pre>
     *
     * The strides of a let it be read as it stands, aColumn = 1, or transposed, aRow = 1. The terms of a sum are added
     * in the order of p, to the number that was there. A number of columns that is a multiple of {@link #lanes()} is
     * fast.
     */
    void multiplyAdd(
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
            int columns);

    /**
     * Squared hinge of one label over a batch, for targets y of -1 or +1:
     * loss = sum over i of max(0, 1 - y[i] z[i])^2, dScores[i] = -2 scale y[i] max(0, 1 - y[i] z[i]).
     *
     * @return the loss, not scaled; zero exactly when every dScores[i] is zero
     */
    float squaredHinge(float[] scores, float[] targets, int batch, float scale, float[] dScores);

    /**
     * Logistic loss of one label over a batch, for targets y of -1 or +1:
     * loss = sum over i of log(1 + exp(-y[i] z[i])), dScores[i] = -scale y[i] / (1 + exp(y[i] z[i])).
     *
     * @return the loss, not scaled
     */
    float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores);

    /** w[i] -= rate * (g[i] + decay * w[i]), w from {@code offset}, g from 0, for 0 <= i < n. */
    void sgd(float[] weights, int offset, float[] gradient, int n, float rate, float decay);

    /** v[i] = momentum * v[i] + g[i] + decay * w[i]; w[i] -= rate * v[i]; w from {@code offset}, v from
     * {@code stateOffset}, g from 0. */
    void momentum(
            float[] weights,
            int offset,
            float[] velocity,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float momentum,
            float decay);

    /**
     * AdaGrad (Duchi et al. 2011): a[i] += g[i]^2; w[i] -= rate * (g[i] / (sqrt(a[i]) + epsilon) + decay * w[i]).
     * w from {@code offset}, a from {@code stateOffset}, g from 0.
     */
    void adagrad(
            float[] weights,
            int offset,
            float[] squares,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float epsilon,
            float decay);

    /**
     * AdamW (Loshchilov and Hutter 2019): m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
     * w -= rate * ((m / correction1) / (sqrt(v / correction2) + epsilon) + decay * w), where correctionN is
     * 1 - betaN^t at step t. w from {@code offset}, m and v from {@code stateOffset}, g from 0.
     */
    void adamW(
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
            float correction2);

    /**
     * Yogi (Zaheer et al., NeurIPS 2018), whose second moment moves by as much as AdamW's at most, but additively:
     * m = beta1 m + (1 - beta1) g; v = v - (1 - beta2) sign(v - g^2) g^2;
     * w -= rate * ((m / correction1) / (sqrt(v / correction2) + epsilon) + decay * w), corrections as in
     * {@link #adamW}. The paper has none, implementations in use do. A v of 0, which no step leaves behind, is that of
     * a new number and counts as {@value #YOGI_START}. w from {@code offset}, m and v from {@code stateOffset}, g from
     * 0.
     */
    void yogi(
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
            float correction2);
}
