package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;

/** Labels connected to every input: the baseline that fixed fan-in is compared with. */
public final class DenseRows implements LabelRows {

    private final int labels;
    private final int inputs;
    private final Weights weights;
    private final float[] bias;

    /** Labels whose weights, of 32 bits, and biases are zero. */
    public DenseRows(int labels, int inputs) {
        this(labels, inputs, Weights.Format.FLOAT32);
    }

    /** Labels whose weights and biases are zero. */
    public DenseRows(int labels, int inputs, Weights.Format format) {
        this(labels, inputs, format.zeros(Math.multiplyExact(labels, inputs)), new float[labels]);
    }

    private DenseRows(int labels, int inputs, Weights weights, float[] bias) {
        this.labels = labels;
        this.inputs = inputs;
        this.weights = weights;
        this.bias = bias;
    }

    /** Labels whose weights, of 8 bits, and biases are zero, to be filled. */
    public static DenseRows ofBytes(int labels, int inputs) {
        return new DenseRows(labels, inputs, new Weights.Bytes(ByteRows.zeros(labels, inputs)), new float[labels]);
    }

    @Override
    public DenseRows inBytes() {
        return new DenseRows(labels, inputs, Weights.Bytes.of(weights, labels, inputs), bias.clone());
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
    public Weights weights() {
        return weights;
    }

    @Override
    public float[] bias() {
        return bias;
    }

    @Override
    public int input(int label, int slot) {
        return slot;
    }

    @Override
    public void scores(int label, WeightRow row, Panel x, int batch, float[] scores) {
        Vectors.denseScores(row.values(), row.offset(), inputs, bias[label], x.values(), x.offset(), batch, scores, 0);
    }

    @Override
    public float score(int label, WeightRow row, float[] x, int xOffset) {
        return bias[label] + Vectors.dot(row.values(), row.offset(), x, xOffset, inputs);
    }

    @Override
    public void gradients(int label, WeightRow row, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights) {
        Vectors.denseGradients(
                row.values(),
                row.offset(),
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
