package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;

/** Labels connected to every input: the baseline that fixed fan-in is compared with. */
public final class DenseRows implements LabelRows {

    private final int labels;
    private final int inputs;
    private final float[] weights;
    private final float[] bias;

    /** Labels whose weights and biases are zero. */
    public DenseRows(int labels, int inputs) {
        this.labels = labels;
        this.inputs = inputs;
        this.weights = new float[Math.multiplyExact(labels, inputs)];
        this.bias = new float[labels];
    }

    @Override
    public int labels() {
        return labels;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int width() {
        return inputs;
    }

    @Override
    public float[] weights() {
        return weights;
    }

    @Override
    public float[] bias() {
        return bias;
    }

    @Override
    public void scores(int label, Panel x, int batch, float[] scores) {
        Vectors.denseScores(weights, label * inputs, inputs, bias[label], x.values(), x.offset(), batch, scores, 0);
    }

    @Override
    public void gradients(int label, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights) {
        Vectors.denseGradients(
                weights,
                label * inputs,
                inputs,
                x.values(),
                x.offset(),
                batch,
                dScores,
                0,
                dx.values(),
                dx.offset(),
                dWeights);
    }
}
