package dev.longtail.matrix;

import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.UnitVectors;
import dev.longtail.kernel.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Labels with a fixed number of connections each (Schultheis and Babbar, ECML-PKDD 2023; SPARTEX, NeurIPS 2024): an
 * index of 2 bytes for each slot, a weight of 4 or 2. Inputs of a label are distinct.
 *
 * <p>Neighbouring labels may share their inputs, a group of them having one row of indices (HASTE, ICML 2026): the
 * indices take less memory, and what is read of the inputs serves the whole group.
 *
 * <p>A 16-bit index tells 65,536 inputs apart. More inputs are cut into <i>banks</i> of at most so many, as evenly as
 * can be, and the slots are cut over the banks in the same way: slot s leads to inputs of its bank only, and its index
 * is input - {@link #firstInput}(s).
 */
public final class FixedFanIn implements LabelRows {

    /** Most inputs of a bank: as many as a 16-bit index can tell apart. */
    public static final int BANK = 1 << 16;

    private final int labels;
    private final int inputs;
    private final int fanIn;
    private final int group;
    private final int banks;
    /** The first input of each slot's bank. */
    private final int[] firstInputs;

    private final int[] endInputs;
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
    public record Connections(int fanIn, int group, Weights.Format format) {

        public Connections {
            Require.that(fanIn >= 1, "fanIn", "at least 1", fanIn);
            Require.that(group >= 1, "group", "at least 1", group);
        }

        private int indexRows(int labels) {
            return (int) ((labels + (long) group - 1) / group);
        }
    }

    /** Labels whose slots are all at input 0 and whose weights and biases are zero, to be filled. */
    public FixedFanIn(int labels, int inputs, Connections connections) {
        this(
                labels,
                inputs,
                connections,
                new char[Math.multiplyExact(connections.indexRows(labels), connections.fanIn())],
                connections.format().zeros(Math.multiplyExact(labels, connections.fanIn())));
    }

    /** Labels whose slots are all at input 0 and whose weights, of 8 bits, and biases are zero, to be filled. */
    public static FixedFanIn ofBytes(int labels, int inputs, Connections connections) {
        return new FixedFanIn(
                labels,
                inputs,
                connections,
                new char[Math.multiplyExact(connections.indexRows(labels), connections.fanIn())],
                new Weights.Bytes(ByteRows.zeros(labels, connections.fanIn())));
    }

    /**
     * Labels over arrays that exist and may be longer than the labels need: a layer whose rows change their number and
     * width keeps its arrays.
     */
    public FixedFanIn(int labels, int inputs, Connections connections, char[] indices, Weights weights) {
        Require.that(inputs >= 1, "inputs", "at least 1", inputs);
        this.fanIn = connections.fanIn();
        this.group = connections.group();
        this.banks = banks(inputs);
        requireFanIn(fanIn, inputs);
        this.labels = labels;
        this.inputs = inputs;
        Require.that(indices.length >= (long) indexRows() * fanIn, "indices", "enough for all rows", indices.length);
        Require.that(weights.size() >= (long) labels * fanIn, "weights", "enough for all rows", weights.size());
        this.indices = indices;
        this.weights = weights;
        this.bias = new float[labels];
        this.firstInputs = new int[fanIn];
        this.endInputs = new int[fanIn];
        for (int bank = 0; bank < banks; bank++) {
            Arrays.fill(firstInputs, firstSlot(bank), firstSlot(bank + 1), cut(inputs, banks, bank));
            Arrays.fill(endInputs, firstSlot(bank), firstSlot(bank + 1), cut(inputs, banks, bank + 1));
        }
    }

    /**
     * Checks a fan-in.
     *
     * @throws IllegalArgumentException when labels over so many inputs cannot have so many slots
     */
    public static void requireFanIn(int fanIn, int inputs) {
        Require.that(fanIn >= 1 && fanIn <= inputs, "fanIn", "in [1, inputs = " + inputs + "]", fanIn);
        int least = banks(inputs);
        Require.that(
                fanIn >= least,
                "fanIn",
                "at least " + least + ", a slot for each bank of 65,536 of the " + inputs + " inputs",
                fanIn);
    }

    private static int banks(int inputs) {
        return (int) ((inputs + BANK - 1L) / BANK);
    }

    /**
     * Start of a part when {@code total} things are cut into {@code parts}, of which the first ones have one more. Of
     * two cuts into the same parts no part of the smaller total then has more than that of the larger: a bank never has
     * more slots than inputs.
     */
    private static int cut(int total, int parts, int part) {
        return part * (total / parts) + Math.min(part, total % parts);
    }

    private int firstSlot(int bank) {
        return cut(fanIn, banks, bank);
    }

    /** Draws the inputs of an index row, in each bank its slots' number without repetition (Floyd, CACM 1987). */
    public void drawTopology(int indexRow, SplittableRandom random) {
        InputSet taken = new InputSet(inputs);
        for (int bank = 0; bank < banks; bank++) {
            int first = cut(inputs, banks, bank);
            int size = cut(inputs, banks, bank + 1) - first;
            int slot = firstSlot(bank);
            for (int upper = size - (firstSlot(bank + 1) - slot); upper < size; upper++) {
                int drawn = random.nextInt(upper + 1);
                int input = first + (taken.contains(first + drawn) ? upper : drawn);
                taken.add(input);
                connect(indexRow, slot++, input);
            }
        }
    }

    /** @throws IllegalArgumentException when a slot holds an input that does not exist or is in another slot's bank */
    public void check() {
        for (int at = 0; at < indexRows() * fanIn; at++) {
            int slot = at % fanIn;
            if (indices[at] >= endInputs[slot] - firstInputs[slot]) {
                throw new IllegalArgumentException("slot " + slot + " of row " + at / fanIn
                        + " is connected to input " + (firstInputs[slot] + indices[at]) + ", it may lead to inputs "
                        + firstInputs[slot] + " to " + (endInputs[slot] - 1));
            }
        }
    }

    /**
     * The same labels with fewer slots: of each bank as many as the smaller fan-in has there, those with the largest
     * sum of squared weights over the labels that share the index row. For one label that is the nearest row of so many
     * slots; for labels that share, the nearest rows together. Slots keep their order.
     *
     * @throws IllegalArgumentException when there are not more slots now, or a bank would have none
     */
    public FixedFanIn withFanIn(int smaller) {
        Require.that(smaller < fanIn, "fanIn", "below that of the model, " + fanIn, smaller);
        Weights.Format format = weights instanceof Weights.Brains ? Weights.Format.BFLOAT16 : Weights.Format.FLOAT32;
        FixedFanIn narrow = new FixedFanIn(labels, inputs, new Connections(smaller, group, format));
        System.arraycopy(bias, 0, narrow.bias, 0, labels);
        double[] squares = new double[fanIn];
        for (int indexRow = 0; indexRow < indexRows(); indexRow++) {
            addSquares(indexRow, squares);
            int to = 0;
            for (int slot : largestSlots(squares, narrow)) {
                narrow.connect(indexRow, to, inputOf(indexRow, slot));
                for (int label = firstLabel(indexRow); label < firstLabel(indexRow + 1); label++) {
                    narrow.weights.set(label * smaller + to, weights.at(label * fanIn + slot));
                }
                to++;
            }
        }
        return weights instanceof Weights.Bytes ? narrow.inBytes() : narrow;
    }

    /** Sums of squared weights of each slot over the labels of an index row. */
    private void addSquares(int indexRow, double[] squares) {
        Arrays.fill(squares, 0);
        for (int label = firstLabel(indexRow); label < firstLabel(indexRow + 1); label++) {
            for (int slot = 0; slot < fanIn; slot++) {
                double weight = weights.at(label * fanIn + slot);
                squares[slot] += weight * weight;
            }
        }
    }

    /** The slots of the largest values in each bank, as many as another layer has there, ascending. */
    private int[] largestSlots(double[] values, FixedFanIn other) {
        int[] slots = new int[other.fanIn];
        for (int bank = 0; bank < banks; bank++) {
            int to = other.firstSlot(bank);
            int count = other.firstSlot(bank + 1) - to;
            int[] largest = IntStream.range(firstSlot(bank), firstSlot(bank + 1))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer slot) -> -values[slot]))
                    .limit(count)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            System.arraycopy(largest, 0, slots, to, count);
        }
        return slots;
    }

    @Override
    public FixedFanIn inBytes() {
        FixedFanIn bytes = new FixedFanIn(
                labels,
                inputs,
                new Connections(fanIn, group, Weights.Format.FLOAT32),
                Arrays.copyOf(indices, indexRows() * fanIn),
                Weights.Bytes.of(weights, labels, fanIn));
        System.arraycopy(bias, 0, bytes.bias, 0, labels);
        return bytes;
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
        return (int) ((labels + (long) group - 1) / group);
    }

    /** First label of an index row; its labels end where those of the next begin. */
    public int firstLabel(int indexRow) {
        return Math.min(labels, indexRow * group);
    }

    /** The input of a slot of an index row. */
    public int inputOf(int indexRow, int slot) {
        return firstInputs[slot] + indices[indexRow * fanIn + slot];
    }

    /** Connects a slot of an index row to an input that {@link #firstInput} and {@link #endInput} allow. */
    public void connect(int indexRow, int slot, int input) {
        indices[indexRow * fanIn + slot] = (char) (input - firstInputs[slot]);
    }

    /** First input that a slot may be connected to. */
    public int firstInput(int slot) {
        return firstInputs[slot];
    }

    /** End of the inputs that a slot may be connected to, exclusive. */
    public int endInput(int slot) {
        return endInputs[slot];
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

    /** Index of each slot, its input less {@link #firstInput}, char[index rows][fanIn], the live array. */
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
                firstSlot(1),
                bias[label],
                x.values(),
                x.offset(),
                batch,
                scores);
        for (int bank = 1; bank < banks; bank++) {
            int slot = firstSlot(bank);
            UnitVectors.addSparseScores(
                    row.values(),
                    row.offset() + slot,
                    indices,
                    label / group * fanIn + slot,
                    firstSlot(bank + 1) - slot,
                    x.values(),
                    x.at(firstInputs[slot] * batch),
                    batch,
                    scores);
        }
    }

    @Override
    public float score(int label, WeightRow row, float[] x, int xOffset) {
        float score = bias[label];
        for (int bank = 0; bank < banks; bank++) {
            int slot = firstSlot(bank);
            score += Vectors.gatherDot(
                    row.values(),
                    row.offset() + slot,
                    indices,
                    label / group * fanIn + slot,
                    firstSlot(bank + 1) - slot,
                    x,
                    xOffset + firstInputs[slot],
                    row.places());
        }
        return score;
    }

    @Override
    public void gradients(int label, WeightRow row, Panel x, int batch, float[] dScores, Panel dx, float[] dWeights) {
        for (int bank = 0; bank < banks; bank++) {
            int slot = firstSlot(bank);
            UnitVectors.sparseGradients(
                    row.values(),
                    row.offset() + slot,
                    indices,
                    label / group * fanIn + slot,
                    firstSlot(bank + 1) - slot,
                    x.values(),
                    x.at(firstInputs[slot] * batch),
                    batch,
                    dScores,
                    dx.values(),
                    dx.at(firstInputs[slot] * batch),
                    dWeights,
                    slot);
        }
    }
}
