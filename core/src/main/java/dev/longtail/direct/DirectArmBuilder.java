package dev.longtail.direct;

import dev.longtail.matrix.ByteRows;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;

/** Takes the scorers of labels in any order, different ones from several threads at once, and joins them to an arm. */
final class DirectArmBuilder implements Stateful {

    private static final int[] NONE = {};

    private final int features;
    private final int candidates;
    private final int[][] columns;
    private final byte[][] bytes;
    private final float[] scales;
    private final float[] bias;

    DirectArmBuilder(int labels, int features, int candidates) {
        this.features = features;
        this.candidates = candidates;
        this.columns = new int[labels][];
        this.bytes = new byte[labels][];
        this.scales = new float[labels];
        this.bias = new float[labels];
        Arrays.fill(columns, NONE);
        Arrays.fill(bytes, new byte[0]);
    }

    /**
     * Sets the scorer of a label. Weights smaller than half a step of its 127 are left out.
     *
     * @param found features, distinct, in any order; the first {@code count} count
     * @param weights parallel to {@code found}, finite
     */
    void set(int label, int[] found, float[] weights, int count, float labelBias) {
        bias[label] = labelBias;
        if (count == 0) {
            return;
        }
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = (long) found[i] << 32 | i;
        }
        Arrays.sort(sorted);
        float[] inOrder = new float[count];
        for (int i = 0; i < count; i++) {
            inOrder[i] = weights[(int) sorted[i]];
        }
        ByteRows row = ByteRows.zeros(1, count);
        row.set(0, inOrder, 0);
        scales[label] = row.scales()[0];
        int[] kept = new int[count];
        byte[] steps = new byte[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (row.values()[i] != 0) {
                kept[size] = (int) (sorted[i] >>> 32);
                steps[size++] = row.values()[i];
            }
        }
        columns[label] = Arrays.copyOf(kept, size);
        bytes[label] = Arrays.copyOf(steps, size);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        int[] lengths = Arrays.stream(columns).mapToInt(column -> column.length).toArray();
        state.ints(name + ".lengths", lengths);
        long size = 0;
        for (int label = 0; label < lengths.length; label++) {
            size += lengths[label];
            if (state.isRestoring()) {
                columns[label] = new int[lengths[label]];
                bytes[label] = new byte[lengths[label]];
            }
        }
        state.tensor(new Tensor.Ints(name + ".columns", List.of(size), List.of(columns)));
        state.tensor(new Tensor.Bytes(name + ".weights", List.of(size), List.of(bytes)));
        state.floats(name + ".scales", scales);
        state.floats(name + ".bias", bias);
    }

    /**
     * Takes over the scorer of the same label from an arm.
     *
     * @param now number that a feature of that arm has here, -1 for none; ascending where it has one
     */
    void copy(int label, DirectArm from, int[] now) {
        copy(label, from, label, now);
    }

    /**
     * Takes over a scorer from an arm.
     *
     * @param theirs label of that arm
     * @param now number that a feature of that arm has here, -1 for none; ascending where it has one
     */
    void copy(int label, DirectArm from, int theirs, int[] now) {
        int first = from.firstWeight(theirs);
        int end = from.start(theirs, from.banks());
        int[] kept = new int[end - first];
        byte[] steps = new byte[end - first];
        int size = 0;
        for (int bank = 0; bank < from.banks(); bank++) {
            for (int place = from.start(theirs, bank); place < from.start(theirs, bank + 1); place++) {
                int feature = now[bank * FixedFanIn.BANK + from.index(place)];
                if (feature >= 0) {
                    kept[size] = feature;
                    steps[size++] = from.step(place);
                }
            }
        }
        columns[label] = Arrays.copyOf(kept, size);
        bytes[label] = Arrays.copyOf(steps, size);
        scales[label] = from.scale(theirs);
        bias[label] = from.bias(theirs);
    }

    /**
     * The arm of all labels; those that were not set have no weights.
     *
     * @throws ArithmeticException when there are 2^31 weights or more
     */
    DirectArm build() {
        int banks = DirectArm.banks(features);
        int labels = bias.length;
        int[] starts = new int[Math.addExact(Math.multiplyExact(labels, banks), 1)];
        int size = 0;
        for (int[] column : columns) {
            size = Math.addExact(size, column.length);
        }
        char[] indices = new char[size];
        byte[] weights = new byte[size];
        int at = 0;
        for (int label = 0; label < labels; label++) {
            System.arraycopy(bytes[label], 0, weights, at, bytes[label].length);
            for (int bank = 0, i = 0; bank < banks; bank++) {
                starts[label * banks + bank] = at;
                int first = bank * FixedFanIn.BANK;
                for (; i < columns[label].length && columns[label][i] - first < FixedFanIn.BANK; i++) {
                    indices[at++] = (char) (columns[label][i] - first);
                }
            }
        }
        starts[labels * banks] = at;
        return new DirectArm(features, candidates, new DirectArm.Scorers(starts, indices, weights, scales, bias));
    }
}
