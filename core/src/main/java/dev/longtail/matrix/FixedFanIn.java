package dev.longtail.matrix;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import java.util.SplittableRandom;

/**
 * Labels with a fixed number of connections each (Schultheis and Babbar, ECML-PKDD 2023; SPARTEX, NeurIPS 2024): an
 * index of 2 bytes and a weight of 4 for each slot. Inputs of a label are distinct.
 */
public final class FixedFanIn implements LabelRows {

    /** Most inputs that a 16-bit index can tell apart. */
    public static final int MAX_INPUTS = 1 << 16;

    private final int labels;
    private final int inputs;
    private final int fanIn;
    private final char[] indices;
    private final float[] weights;
    private final float[] bias;

    /** Labels whose slots are all at input 0 and whose weights and biases are zero, to be filled. */
    public FixedFanIn(int labels, int inputs, int fanIn) {
        Require.that(inputs >= 1 && inputs <= MAX_INPUTS, "inputs", "in [1, " + MAX_INPUTS + "]", inputs);
        Require.that(fanIn >= 1 && fanIn <= inputs, "fanIn", "in [1, inputs = " + inputs + "]", fanIn);
        this.labels = labels;
        this.inputs = inputs;
        this.fanIn = fanIn;
        int slots = Math.multiplyExact(labels, fanIn);
        this.indices = new char[slots];
        this.weights = new float[slots];
        this.bias = new float[labels];
    }

    /** Draws the inputs of one label: {@code fanIn} of {@code inputs} without repetition (Floyd, CACM 1987). */
    public void drawTopology(int label, SplittableRandom random) {
        InputSet taken = new InputSet(inputs);
        int slot = label * fanIn;
        for (int upper = inputs - fanIn; upper < inputs; upper++) {
            int drawn = random.nextInt(upper + 1);
            int input = taken.contains(drawn) ? upper : drawn;
            taken.add(input);
            indices[slot++] = (char) input;
        }
    }

    /** @throws IllegalArgumentException when a slot holds an input that does not exist */
    public void check() {
        for (int slot = 0; slot < indices.length; slot++) {
            if (indices[slot] >= inputs) {
                throw new IllegalArgumentException("slot " + slot % fanIn + " of row " + slot / fanIn
                        + " is connected to input " + (int) indices[slot] + ", there are " + inputs);
            }
        }
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
        return fanIn;
    }

    @Override
    public float[] weights() {
        return weights;
    }

    @Override
    public float[] bias() {
        return bias;
    }

    /** Input of each slot, char[labels][fanIn]. */
    public char[] indices() {
        return indices;
    }

    @Override
    public void scores(int label, Panel x, int batch, float[] scores) {
        Vectors.sparseScores(
                weights, indices, label * fanIn, fanIn, bias[label], x.values(), x.offset(), batch, scores);
    }

    @Override
    public void gradients(int label, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights) {
        Vectors.sparseGradients(
                weights,
                indices,
                label * fanIn,
                fanIn,
                x.values(),
                x.offset(),
                batch,
                dScores,
                dx.values(),
                dx.offset(),
                dWeights);
    }
}
