package dev.longtail.variational;

import dev.longtail.rating.RatingRows;
import java.util.Arrays;

/**
 * What the ratings of one user, or item, say of its vector x and bias b, with the other side as it is believed: with e
 * the rating less mean and the other's bias, and v and M the mean and second moment of the other's vector,
 *
 * <pre>
 *   E sum (e - b - x.v)^2 = sum e^2 - 2 b sum e - 2 x. sum e v + n b^2 + 2 b x. sum v + x' (sum M) x
 * </pre>
 *
 * A scratch, filled again for each row.
 */
final class RowSystem {

    private final int dimension;
    private final double[] packed;
    private final double[] weighted;
    private final double[] sum;
    private double rests;
    private double squares;
    private int count;

    RowSystem(int dimension) {
        this.dimension = dimension;
        this.packed = new double[Posterior.packed(dimension)];
        this.weighted = new double[dimension];
        this.sum = new double[dimension];
    }

    /** Adds up the ratings of a row. */
    void collect(RatingRows ratings, int row, Side other, float mean) {
        Arrays.fill(packed, 0);
        Arrays.fill(weighted, 0);
        Arrays.fill(sum, 0);
        rests = 0;
        squares = 0;
        count = ratings.start(row + 1) - ratings.start(row);
        float[] means = other.posterior().means();
        float[] moments = other.posterior().moments();
        for (int place = ratings.start(row); place < ratings.start(row + 1); place++) {
            int number = ratings.other(place);
            double rest = ratings.rating(place) - (double) mean - other.bias(number);
            rests += rest;
            squares += rest * rest;
            int at = number * dimension;
            for (int j = 0; j < dimension; j++) {
                sum[j] += means[at + j];
                weighted[j] += rest * means[at + j];
            }
            at = number * packed.length;
            for (int i = 0; i < packed.length; i++) {
                packed[i] += moments[at + i];
            }
        }
    }

    /** Ratings of the row. */
    int count() {
        return count;
    }

    /** Sum of e. */
    double rests() {
        return rests;
    }

    /** Sum of v[j]. */
    double sum(int j) {
        return sum[j];
    }

    /** Sum of e v[j]. */
    double weighted(int j) {
        return weighted[j];
    }

    /** h = sum M + noise times the prior's precision, both halves. @param h [dimension or more][dimension or more] */
    void addTo(double[][] h, double[][] precision, double noise) {
        int at = 0;
        for (int j = 0; j < dimension; j++) {
            for (int k = 0; k <= j; k++) {
                double value = packed[at++] + noise * precision[j][k];
                h[j][k] = value;
                h[k][j] = value;
            }
        }
    }

    /**
     * The expected sum of squared errors, of the vectors' beliefs on both sides.
     *
     * @param moments second moments of the row's own belief, from {@code from} on
     */
    double expected(double[] x, double bias, float[] moments, int from) {
        double expected = squares - 2 * bias * rests + count * bias * bias;
        int at = 0;
        for (int j = 0; j < dimension; j++) {
            expected += 2 * x[j] * (bias * sum[j] - weighted[j]);
            for (int k = 0; k <= j; k++) {
                expected += (k == j ? 1 : 2) * packed[at] * moments[from + at];
                at++;
            }
        }
        return expected;
    }
}
