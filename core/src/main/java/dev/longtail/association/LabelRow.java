package dev.longtail.association;

import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import java.util.Arrays;

/** The row u(l) of one label after another: what its examples bring to each feature. Scratch of one thread. */
final class LabelRow {

    private final SparseRows features;
    private final float[] factors;
    private final float[] sums;
    private int[] touched = new int[256];
    private int count;
    private long[] keys = new long[256];

    /** @param factors t(f)^-q of each feature */
    LabelRow(SparseRows features, float[] factors) {
        this.features = features;
        this.factors = factors;
        this.sums = new float[factors.length];
    }

    /** Adds up the examples that carry the label. */
    void sum(IdLists carrying, int label) {
        for (int at = carrying.start(label); at < carrying.start(label + 1); at++) {
            int example = carrying.ids()[at];
            for (int entry = features.start(example); entry < features.start(example + 1); entry++) {
                int feature = features.columns()[entry];
                if (sums[feature] == 0) { // also when it came back to 0: the feature is then noted twice
                    touch(feature);
                }
                sums[feature] += features.values()[entry];
            }
        }
    }

    private void touch(int feature) {
        if (count == touched.length) {
            touched = Arrays.copyOf(touched, 2 * count);
        }
        touched[count++] = feature;
    }

    /**
     * The largest weights of the row, of equal ones those of the smaller features; empties the sums.
     *
     * @param most weights to keep
     * @param exponent p
     */
    Kept keep(int most, float exponent) {
        int distinct = sortBySize();
        double squares = 0;
        for (int i = 0; i < distinct; i++) {
            double value = value((int) keys[i]);
            squares += value * value;
        }
        float scale = squares > 0 ? (float) StrictMath.pow(squares, -exponent / 2.0) : 0;
        int[] slots = new int[Math.min(most, distinct)];
        Arrays.setAll(slots, i -> (int) keys[i]);
        Arrays.sort(slots);
        float[] weights = new float[slots.length];
        for (int i = 0; i < slots.length; i++) {
            weights[i] = scale * value(slots[i]);
        }
        for (int i = 0; i < count; i++) {
            sums[touched[i]] = 0;
        }
        count = 0;
        return new Kept(slots, weights);
    }

    /**
     * What a label keeps.
     *
     * @param slots features, ascending
     * @param weights parallel to {@code slots}
     */
    record Kept(int[] slots, float[] weights) {}

    private float value(int feature) {
        return sums[feature] * factors[feature];
    }

    /** Leaves in {@link #keys} the touched features whose value is not 0, largest first, and returns their number. */
    private int sortBySize() {
        if (keys.length < count) {
            keys = new long[touched.length];
        }
        int size = 0;
        for (int i = 0; i < count; i++) {
            float value = value(touched[i]);
            if (value != 0) { // bits of floats of one sign are in the order of their values
                keys[size++] = (long) -Float.floatToIntBits(Math.abs(value)) << 32 | touched[i];
            }
        }
        Arrays.sort(keys, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[distinct++] = keys[i];
            }
        }
        return distinct;
    }
}
