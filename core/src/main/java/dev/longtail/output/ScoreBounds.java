package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.WeightRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How high the score of a label can be in a batch, without computing it: by Cauchy and Schwarz, bias + w . x is at most
 * bias + |w| |x|, and |x| at most the length of the longest hidden vector. A label that no example of the batch carries
 * has no squared hinge loss, hence no gradient, when that is at most -1. One number is kept for each label.
 *
 * <p>The bound holds for the numbers that kernels compute, in whatever order they add: a sum of n products, every
 * operation rounded by a factor of at most 1 + 2^-24, is off by at most (n + 2) 2^-24 of the sum of the magnitudes
 * (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), to first order; twice that is added.
 */
final class ScoreBounds {

    private static final double UNIT = Math.scalb(1.0, -23);

    /** More than what squares below the smallest float can hide of a length: sqrt(65,536) 2^-74 is 1.4e-20. */
    private static final float UNDERFLOW = 1e-19f;

    private final RowsLayer layer;
    private final List<float[]> lengths = new ArrayList<>();
    private final double slackOfSum;
    private float[] squares = new float[0];
    private double longest;

    ScoreBounds(RowsLayer layer) {
        this.layer = layer;
        this.slackOfSum = (Math.max(layer.inputs(), layer.rows(0).width()) + 4) * UNIT;
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            lengths.add(new float[layer.shards().size(shard)]);
            refresh(shard, new WeightRow(layer.rows(shard).width()));
        }
    }

    /** Takes note of all weights of a shard. */
    void refresh(int shard, WeightRow scratch) {
        for (int row = 0; row < lengths.get(shard).length; row++) {
            refresh(shard, row, scratch);
        }
    }

    /** Takes note of a label's weights as they are stored, rounding included. */
    void refresh(int shard, int row, WeightRow scratch) {
        LabelRows rows = layer.rows(shard);
        rows.read(row, scratch);
        float[] weights = scratch.values();
        float square = Vectors.dot(weights, scratch.offset(), weights, scratch.offset(), rows.width());
        boolean zero = square == 0 && isZero(weights, scratch.offset(), rows.width());
        lengths.get(shard)[row] = zero ? 0 : (float) (Math.sqrt(square) * (1 + slackOfSum)) + UNDERFLOW;
    }

    private static boolean isZero(float[] values, int offset, int n) {
        for (int i = offset; i < offset + n; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes note of the hidden vectors of a step. @param x [inputs][batch] */
    void start(Panel x, int batch) {
        if (squares.length < batch) {
            squares = new float[batch];
        }
        Arrays.fill(squares, 0, batch, 0);
        for (int input = 0; input < layer.inputs(); input++) {
            int from = x.at(input * batch);
            for (int i = 0; i < batch; i++) {
                squares[i] += x.values()[from + i] * x.values()[from + i];
            }
        }
        float largest = 0;
        for (int i = 0; i < batch; i++) {
            largest = Math.max(largest, squares[i]);
        }
        longest = Math.sqrt(largest) * (1 + slackOfSum) + UNDERFLOW;
    }

    /** Whether a label's scores are certain to be at most -1 for every example of the step. */
    boolean isSatisfied(int shard, int row) {
        double bias = layer.rows(shard).bias()[row];
        double reach = lengths.get(shard)[row] * longest; // not a number when a hidden vector is not finite
        if (reach == 0) {
            return bias <= -1; // all weights are zero, so that every score is the bias
        }
        return bias + reach + slackOfSum * (Math.abs(bias) + reach) <= -1;
    }
}
