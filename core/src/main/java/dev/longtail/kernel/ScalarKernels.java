package dev.longtail.kernel;

/**
 * Plain loops: what every method of {@link Kernels} means, and the variant for machines without the Vector API.
 * The loops over a batch carry no dependence from one example to the next, so that the JIT can vectorise them.
 */
public final class ScalarKernels implements Kernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        // A single running sum waits for every addition in turn; four of them overlap.
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            sum0 += a[aOffset + i] * b[bOffset + i];
            sum1 += a[aOffset + i + 1] * b[bOffset + i + 1];
            sum2 += a[aOffset + i + 2] * b[bOffset + i + 2];
            sum3 += a[aOffset + i + 3] * b[bOffset + i + 3];
        }
        for (; i < n; i++) {
            sum0 += a[aOffset + i] * b[bOffset + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public float gatherDot(
            float[] weights, int offset, char[] indices, int indexOffset, int n, float[] x, int xOffset, int[] buffer) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int j = 0;
        for (; j <= n - 4; j += 4) {
            sum0 += weights[offset + j] * x[xOffset + indices[indexOffset + j]];
            sum1 += weights[offset + j + 1] * x[xOffset + indices[indexOffset + j + 1]];
            sum2 += weights[offset + j + 2] * x[xOffset + indices[indexOffset + j + 2]];
            sum3 += weights[offset + j + 3] * x[xOffset + indices[indexOffset + j + 3]];
        }
        for (; j < n; j++) {
            sum0 += weights[offset + j] * x[xOffset + indices[indexOffset + j]];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public void addScaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }

    @Override
    public void scaled(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = alpha * x[xOffset + i];
        }
    }

    @Override
    public void addScaledBytes(float alpha, byte[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += alpha * x[xOffset + i];
        }
    }

    @Override
    public void scale(float alpha, float[] x, int offset, int n) {
        for (int i = 0; i < n; i++) {
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
        fill(scores, 0, batch, bias);
        addSparseScores(weights, offset, indices, indexOffset, fanIn, x, xOffset, batch, scores);
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
        for (int j = 0; j < fanIn; j++) {
            addScaled(weights[offset + j], x, xOffset + indices[indexOffset + j] * batch, scores, 0, batch);
        }
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
        for (int j = 0; j < fanIn; j++) {
            int row = indices[indexOffset + j] * batch;
            dWeights[dWeightsOffset + j] = dot(dScores, 0, x, xOffset + row, batch);
            addScaled(weights[offset + j], dScores, 0, dx, dxOffset + row, batch);
        }
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
        fill(scores, scoresOffset, batch, bias);
        for (int j = 0; j < inputs; j++) {
            addScaled(weights[offset + j], x, xOffset + j * batch, scores, scoresOffset, batch);
        }
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
        for (int j = 0; j < inputs; j++) {
            dWeights[j] = dot(dScores, dScoresOffset, x, xOffset + j * batch, batch);
            addScaled(weights[offset + j], dScores, dScoresOffset, dx, dxOffset + j * batch, batch);
        }
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
        for (int u = 0; u < count; u++) {
            for (int j = 0; j < inputs; j++) {
                float weight = weights[offsets[first + u] + j];
                addScaled(weight, x, xOffset + j * batch, scores, scoresOffset + u * batch, batch);
            }
        }
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
        for (int u = 0; u < count; u++) {
            int from = dScoresOffset + u * batch;
            for (int j = 0; j < inputs; j++) {
                float weight = weights[offsets[first + u] + j];
                dWeights[u * inputs + j] = dot(dScores, from, x, xOffset + j * batch, batch);
                addScaled(weight, dScores, from, dx, dxOffset + j * batch, batch);
            }
        }
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
        for (int i = 0; i < rows; i++) {
            for (int p = 0; p < inner; p++) {
                float factor = a[aOffset + i * aRow + p * aColumn];
                addScaled(factor, b, bOffset + p * bStride, c, cOffset + i * cStride, columns);
            }
        }
    }

    @Override
    public float squaredHinge(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        float loss = 0;
        for (int i = 0; i < batch; i++) {
            float violation = Math.max(0f, 1f - targets[i] * scores[i]);
            loss += violation * violation;
            dScores[i] = -2f * scale * targets[i] * violation;
        }
        return loss;
    }

    @Override
    public float logistic(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        double loss = 0;
        for (int i = 0; i < batch; i++) {
            double margin = (double) targets[i] * scores[i];
            // log(1 + exp(-m)) = max(-m, 0) + log1p(exp(-|m|)), which never overflows
            loss += Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
            dScores[i] = (float) (-scale * targets[i] / (1 + Math.exp(margin)));
        }
        return (float) loss;
    }

    @Override
    public void sgd(float[] weights, int offset, float[] gradient, int n, float rate, float decay) {
        for (int i = 0; i < n; i++) {
            float weight = weights[offset + i];
            weights[offset + i] = weight - rate * (gradient[i] + decay * weight);
        }
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
        for (int i = 0; i < n; i++) {
            float weight = weights[offset + i];
            float step = momentum * velocity[stateOffset + i] + gradient[i] + decay * weight;
            velocity[stateOffset + i] = step;
            weights[offset + i] = weight - rate * step;
        }
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
        for (int i = 0; i < n; i++) {
            float weight = weights[offset + i];
            float square = squares[stateOffset + i] + gradient[i] * gradient[i];
            squares[stateOffset + i] = square;
            float step = gradient[i] / ((float) Math.sqrt(square) + epsilon);
            weights[offset + i] = weight - rate * (step + decay * weight);
        }
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
        for (int i = 0; i < n; i++) {
            float g = gradient[i];
            float m = beta1 * first[stateOffset + i] + (1 - beta1) * g;
            float v = beta2 * second[stateOffset + i] + (1 - beta2) * g * g;
            first[stateOffset + i] = m;
            second[stateOffset + i] = v;
            float step = m / correction1 / ((float) Math.sqrt(v / correction2) + epsilon);
            weights[offset + i] -= rate * (step + decay * weights[offset + i]);
        }
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
        float inverse = 1 / correction1;
        float inverseRoot = (float) (1 / Math.sqrt(correction2));
        for (int i = 0; i < n; i++) {
            float g = gradient[i];
            float square = g * g;
            float m = beta1 * first[stateOffset + i] + (1 - beta1) * g;
            float kept = second[stateOffset + i];
            float before = kept == 0 ? YOGI_START : kept;
            float v = before - (1 - beta2) * Math.signum(before - square) * square;
            first[stateOffset + i] = m;
            second[stateOffset + i] = v;
            float step = inverse * m / (inverseRoot * (float) Math.sqrt(v) + epsilon);
            weights[offset + i] -= rate * (step + decay * weights[offset + i]);
        }
    }

    private static void fill(float[] values, int offset, int n, float value) {
        for (int i = offset; i < offset + n; i++) {
            values[i] = value;
        }
    }
}
