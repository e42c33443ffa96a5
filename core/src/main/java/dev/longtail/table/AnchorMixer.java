package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseFactor;
import java.util.Arrays;

/**
 * Bags of an anchor table: coefficients c = x T first, then c A ((x T) A, appendix H of Anchor and Transform), so that
 * no vector of a single object is formed.
 *
 * <p>For a softmax mixture the row t of an object has in set m, of n anchors,
 *
 * <pre>
 *   p[k] = e^t[k] / Z,  Z = n + sum over links of (e^t[k] - 1)
 *   sum over k of p[k] a[k] = (sum of all anchors of the set + sum over links of (e^t[k] - 1) a[k]) / Z
 * </pre>
 *
 * which costs as much as the row has links: 1/Z is the coefficient of the set's sum, (e^t[k] - 1) / Z that of a link.
 */
final class AnchorMixer {

    private final SparseFactor transform;
    private final AnchorMatrix anchors;
    private final RowPlaces places;
    private final boolean softmax;

    AnchorMixer(SparseFactor transform, AnchorMatrix anchors, RowPlaces places, boolean softmax) {
        this.transform = transform;
        this.anchors = anchors;
        this.places = places;
        this.softmax = softmax;
    }

    /**
     * Coefficients of examples {@code from} to {@code to} of a batch.
     *
     * @param out [to - from][stride] from {@code first} on, written
     */
    void coefficients(SparseBatch batch, int from, int to, float[] out, int first) {
        int stride = anchors.stride();
        Arrays.fill(out, first, first + (to - from) * stride, 0);
        Row links = new Row(softmax ? anchors.rows() : 0);
        for (int example = from; example < to; example++) {
            float scale = places.scale(batch, example);
            int offset = first + (example - from) * stride;
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                int row = places.row(batch.columns()[entry]);
                if (row == RowPlaces.NONE) {
                    continue;
                }
                float weight = scale * batch.values()[entry];
                if (softmax) {
                    addSoftmax(row, weight, links, out, offset);
                } else {
                    transform.addRow(row, weight, out, offset);
                }
            }
        }
    }

    private void addSoftmax(int row, float weight, Row links, float[] out, int offset) {
        read(row, weight, links);
        for (int i = 0; i < links.count; i++) {
            out[offset + links.columns[i]] += links.weights[i];
        }
    }

    /** What one object multiplies anchors, and sums of anchors, with. Scratch of one thread. */
    static final class Row {
        final SparseFactor.View view = new SparseFactor.View();
        final char[] columns;
        final float[] weights;
        int count;

        /** @param rows most coefficients */
        Row(int rows) {
            columns = new char[rows];
            weights = new float[rows];
        }

        private void add(int column, float weight) {
            columns[count] = (char) column;
            weights[count++] = weight;
        }
    }

    /** Reads the coefficients of a row of T, multiplied with a weight; those of a linear table that are 0 left out. */
    void read(int row, float weight, Row into) {
        SparseFactor.View view = into.view;
        transform.view(row, view);
        into.count = 0;
        if (softmax) {
            readSoftmax(weight, into);
            return;
        }
        for (int j = 0; j < view.length; j++) {
            float value = view.values[view.offset + j];
            if (value != 0) {
                into.add(view.column(j), weight * value);
            }
        }
    }

    private void readSoftmax(float weight, Row into) {
        SparseFactor.View view = into.view;
        int perSet = anchors.perSet();
        int j = 0;
        for (int set = 0; set < anchors.rows() - anchors.count(); set++) {
            int first = j;
            double total = perSet;
            for (; j < view.length && view.column(j) < (set + 1) * perSet; j++) {
                total += Math.expm1(view.values[view.offset + j]);
            }
            into.add(anchors.count() + set, (float) (weight / total));
            for (int i = first; i < j; i++) {
                float share = (float) (Math.expm1(view.values[view.offset + i]) / total);
                into.add(view.column(i), weight * share);
            }
        }
    }

    /**
     * Multiplies coefficients with the anchors.
     *
     * @param coefficients [examples][stride] from {@code offset} on
     * @param out [examples][dimension] from element {@code first} on, written
     */
    void vectors(float[] coefficients, int offset, int examples, Panel out, int first) {
        int dimension = anchors.dimension();
        int to = out.at(first);
        Arrays.fill(out.values(), to, to + examples * dimension, 0);
        float[] matrix = anchors.matrix();
        if (examples == 1) {
            // most coefficients of a single example are 0
            for (int k = 0; k < anchors.rows(); k++) {
                if (coefficients[offset + k] != 0) {
                    Vectors.addScaled(coefficients[offset + k], matrix, k * dimension, out.values(), to, dimension);
                }
            }
            return;
        }
        Vectors.multiplyAdd(
                coefficients,
                offset,
                anchors.stride(),
                1,
                matrix,
                0,
                dimension,
                out.values(),
                to,
                dimension,
                examples,
                anchors.rows(),
                dimension);
    }

    /**
     * Gradients of the coefficients of examples {@code from} to {@code to}: dC = dOut A^T.
     *
     * @param dOut [examples][dimension]
     * @param out [examples][stride], written for these examples
     */
    void gradients(Panel dOut, int from, int to, float[] out) {
        int stride = anchors.stride();
        int dimension = anchors.dimension();
        Arrays.fill(out, from * stride, to * stride, 0);
        Vectors.multiplyAdd(
                dOut.values(),
                dOut.at(from * dimension),
                dimension,
                1,
                anchors.transposed(),
                0,
                stride,
                out,
                from * stride,
                stride,
                to - from,
                dimension,
                stride);
    }

    /**
     * From the gradient of a row's coefficients to that of its links, for softmax mixtures: with g[k] the gradient by
     * p[k], dt[k] = p[k] (g[k] - sum over j of p[j] g[j]).
     *
     * @param gradient [stride], the sum over the row's entries of weight times gradient of the coefficients; becomes
     *     that of the links of the row, those it has not among them
     */
    void throughSoftmax(int row, SparseFactor.View view, float[] gradient) {
        transform.view(row, view);
        int perSet = anchors.perSet();
        int j = 0;
        for (int set = 0; set < anchors.rows() - anchors.count(); set++) {
            int first = j;
            double total = perSet;
            double mean = gradient[anchors.count() + set];
            for (; j < view.length && view.column(j) < (set + 1) * perSet; j++) {
                double excess = Math.expm1(view.values[view.offset + j]);
                total += excess;
                mean += excess * gradient[view.column(j)];
            }
            mean /= total;
            for (int k = set * perSet; k < (set + 1) * perSet; k++) {
                gradient[k] = (float) ((gradient[k] - mean) / total);
            }
            for (int i = first; i < j; i++) {
                gradient[view.column(i)] *= (float) Math.exp(view.values[view.offset + i]);
            }
        }
    }
}
