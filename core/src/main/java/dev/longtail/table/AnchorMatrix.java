package dev.longtail.table;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * The anchors A, [anchors][dimension], and two things that are computed from them: their transposed matrix, which the
 * gradients of links are computed with, and for softmax mixtures the sum of the anchors of each set. That sum stands
 * behind the anchors like another one: softmax gives an anchor without a link the weight e^0, so all of them enter a
 * vector as one (see {@link AnchorMixer}).
 *
 * <p>Anchors behind the number in use are frozen: they keep their values and can be taken into use again.
 */
final class AnchorMatrix implements Stateful {

    /** Rows of coefficients are padded to a multiple of this, or to half of it where that is a whole register. */
    private static final int PAD = 16;

    private final int dimension;
    private final int sums;
    private int count;
    private float[] values;
    private int[] names;
    private float[] extended = {};
    private float[] transposed = {};

    /** @param sums sets whose sums stand behind the anchors, 0 for none */
    AnchorMatrix(int count, int dimension, int sums) {
        this.dimension = dimension;
        this.sums = sums;
        this.count = count;
        this.values = new float[Math.multiplyExact(count, dimension)];
        this.names = new int[0];
        name();
        refresh();
    }

    int count() {
        return count;
    }

    int dimension() {
        return dimension;
    }

    /** Anchors that have values, frozen ones among them. */
    int kept() {
        return values.length / dimension;
    }

    /** Makes the first anchors those in use; new ones are 0. */
    void count(int newCount) {
        if (newCount > kept()) {
            values = Arrays.copyOf(values, Math.multiplyExact(newCount, dimension));
            name();
        }
        count = newCount;
        refresh();
    }

    private void name() {
        int named = names.length;
        names = Arrays.copyOf(names, kept());
        for (int k = named; k < names.length; k++) {
            names[k] = k;
        }
    }

    /** What an anchor is called whatever its place is, from 0 on; the place where it was first. */
    int name(int anchor) {
        return names[anchor];
    }

    /** Lets two anchors change places; {@link #refresh} is to follow. */
    void swap(int anchor, int other) {
        for (int j = 0; j < dimension; j++) {
            float moved = values[anchor * dimension + j];
            values[anchor * dimension + j] = values[other * dimension + j];
            values[other * dimension + j] = moved;
        }
        int name = names[anchor];
        names[anchor] = names[other];
        names[other] = name;
    }

    /** Sum of the squares of an anchor. */
    double squaredLength(int anchor) {
        return Vectors.dot(values, anchor * dimension, values, anchor * dimension, dimension);
    }

    /** The live anchors; {@link #refresh} is to follow a change. */
    float[] values() {
        return values;
    }

    /** Rows that coefficients multiply: anchors and sums. */
    int rows() {
        return count + sums;
    }

    /** {@link #rows} up to whole registers. */
    int stride() {
        int half = PAD / 2;
        return rows() <= half && half >= Vectors.lanes() ? half : (rows() + PAD - 1) / PAD * PAD;
    }

    /** Anchors of a set. */
    int perSet() {
        return count / Math.max(1, sums);
    }

    /** [rows][dimension] or longer. */
    float[] matrix() {
        return sums == 0 ? values : extended;
    }

    /** [dimension][stride], zeros behind {@link #rows}. */
    float[] transposed() {
        return transposed;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        count = (int) state.number(name + ".count", count);
        values = state.resized(name + ".values", values);
        names = state.resized(name + ".names", names);
        if (state.isRestoring()) {
            refresh();
        }
    }

    /** Computes what depends on the anchors. */
    void refresh() {
        allocate();
        for (int from = 0; from < count; from += PAD) {
            transpose(from, Math.min(count, from + PAD));
        }
        sum();
    }

    /** The same by several threads. */
    void refresh(Workers workers) {
        allocate();
        workers.run(
                (count + PAD - 1) / PAD, (block, worker) -> transpose(block * PAD, Math.min(count, (block + 1) * PAD)));
        sum();
    }

    private void allocate() {
        int length = Math.multiplyExact(dimension, stride());
        transposed = transposed.length == length ? transposed : new float[length];
        if (sums > 0 && extended.length != rows() * dimension) {
            extended = new float[rows() * dimension];
        }
    }

    private void transpose(int from, int to) {
        int stride = stride();
        for (int j = 0; j < dimension; j++) {
            for (int k = from; k < to; k++) {
                transposed[j * stride + k] = values[k * dimension + j];
            }
        }
    }

    private void sum() {
        if (sums == 0) {
            return;
        }
        System.arraycopy(values, 0, extended, 0, count * dimension);
        Arrays.fill(extended, count * dimension, rows() * dimension, 0);
        for (int k = 0; k < count; k++) {
            int set = count + k / perSet();
            Vectors.addScaled(1, values, k * dimension, extended, set * dimension, dimension);
        }
        for (int set = count; set < rows(); set++) {
            for (int j = 0; j < dimension; j++) {
                transposed[j * stride() + set] = extended[set * dimension + j];
            }
        }
    }
}
