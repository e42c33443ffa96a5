package dev.longtail.matrix;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import java.util.SplittableRandom;

/**
 * Labels with a fixed number of connections each (Schultheis and Babbar, ECML-PKDD 2023; SPARTEX, NeurIPS 2024): an
 * index of 2 bytes for each slot, a weight of 4 or 2. Inputs of a label are distinct.
 *
 * <p>Neighbouring labels may share their inputs, a group of them having one row of indices (HASTE, ICML 2026): the
 * indices take less memory, and what is read of the inputs serves the whole group.
 */
public final class FixedFanIn implements LabelRows {

    /** Most inputs that a 16-bit index can tell apart. */
    public static final int MAX_INPUTS = 1 << 16;

    private final int labels;
    private final int inputs;
    private final int fanIn;
    private final int group;
    private final char[] indices;
    private final Weights weights;
    private final float[] bias;

    /** Labels with indices and 32-bit weights of their own. */
    public FixedFanIn(int labels, int inputs, int fanIn) {
        this(labels, inputs, new Connections(fanIn, 1, Weights.Format.FLOAT32));
    }

    /**
     * How rows are connected and stored.
     *
     * @param fanIn slots of a label, in [1, inputs]
     * @param group labels that share a row of indices, at least 1
     * @param format of the weights
     */
    public record Connections(int fanIn, int group, Weights.Format format) {}

    /** Labels whose slots are all at input 0 and whose weights and biases are zero, to be filled. */
    public FixedFanIn(int labels, int inputs, Connections connections) {
        this(
                labels,
                inputs,
                connections,
                new char
                        [Math.multiplyExact(
                                (labels + connections.group() - 1) / connections.group(), connections.fanIn())],
                connections.format().zeros(Math.multiplyExact(labels, connections.fanIn())));
    }

    /**
     * Labels over arrays that exist and may be longer than the labels need: a layer whose rows change their number and
     * width keeps its arrays.
     */
    public FixedFanIn(int labels, int inputs, Connections connections, char[] indices, Weights weights) {
        Require.that(inputs >= 1 && inputs <= MAX_INPUTS, "inputs", "in [1, " + MAX_INPUTS + "]", inputs);
        this.fanIn = connections.fanIn();
        this.group = connections.group();
        Require.that(fanIn >= 1 && fanIn <= inputs, "fanIn", "in [1, inputs = " + inputs + "]", fanIn);
        Require.that(group >= 1, "group", "at least 1", group);
        this.labels = labels;
        this.inputs = inputs;
        Require.that(indices.length >= (long) indexRows() * fanIn, "indices", "enough for all rows", indices.length);
        Require.that(weights.size() >= (long) labels * fanIn, "weights", "enough for all rows", weights.size());
        this.indices = indices;
        this.weights = weights;
        this.bias = new float[labels];
    }

    /** Draws the inputs of an index row: {@code fanIn} of {@code inputs} without repetition (Floyd, CACM 1987). */
    public void drawTopology(int indexRow, SplittableRandom random) {
        InputSet taken = new InputSet(inputs);
        int slot = 0;
        for (int upper = inputs - fanIn; upper < inputs; upper++) {
            int drawn = random.nextInt(upper + 1);
            int input = taken.contains(drawn) ? upper : drawn;
            taken.add(input);
            connect(indexRow, slot++, input);
        }
    }

    /** @throws IllegalArgumentException when a slot holds an input that does not exist */
    public void check() {
        for (int slot = 0; slot < indexRows() * fanIn; slot++) {
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

    /** Labels that share an index row; the last row may have fewer. */
    public int group() {
        return group;
    }

    /** Number of rows of indices. */
    public int indexRows() {
        return (labels + group - 1) / group;
    }

    /** First label of an index row; its labels end where those of the next begin. */
    public int firstLabel(int indexRow) {
        return Math.min(labels, indexRow * group);
    }

    /** The input of a slot of an index row. */
    public int inputOf(int indexRow, int slot) {
        return indices[indexRow * fanIn + slot];
    }

    /** Connects a slot of an index row to an input that {@link #firstInput} and {@link #endInput} allow. */
    public void connect(int indexRow, int slot, int input) {
        indices[indexRow * fanIn + slot] = (char) input;
    }

    /** First input that a slot may be connected to. */
    public int firstInput(int slot) {
        return 0;
    }

    /** End of the inputs that a slot may be connected to, exclusive. */
    public int endInput(int slot) {
        return inputs;
    }

    @Override
    public int input(int label, int slot) {
        return inputOf(label / group, slot);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public float[] bias() {
        return bias;
    }

    /** Index of each slot, char[index rows][fanIn], the live array. */
    public char[] indices() {
        return indices;
    }

    @Override
    public void scores(int label, WeightRow row, Panel x, int batch, float[] scores) {
        Vectors.sparseScores(
                row.values(),
                row.offset(),
                indices,
                label / group * fanIn,
                fanIn,
                bias[label],
                x.values(),
                x.offset(),
                batch,
                scores);
    }

    @Override
    public float score(int label, WeightRow row, float[] x, int xOffset) {
        return bias[label]
                + Vectors.gatherDot(
                        row.values(), row.offset(), indices, label / group * fanIn, fanIn, x, xOffset, row.places());
    }

    @Override
    public void gradients(int label, WeightRow row, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights) {
        Vectors.sparseGradients(
                row.values(),
                row.offset(),
                indices,
                label / group * fanIn,
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
