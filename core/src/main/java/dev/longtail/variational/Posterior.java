package dev.longtail.variational;

import dev.longtail.config.Require;
import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.Workers;

/**
 * What is believed of the vectors of all users, or of all items: each is normal with a mean m and a covariance C, of
 * which the second moment m m' + C is kept, its lower half, row after row: (0,0), (1,0), (1,1), (2,0) and so on.
 */
final class Posterior implements Stateful {

    private final int rows;
    private final int dimension;
    private final int packed;
    private final float[] means;
    private final float[] moments;
    private double[][] precision;

    /** @param variance of the prior in each direction */
    Posterior(int rows, int dimension, double variance) {
        this.rows = rows;
        this.dimension = dimension;
        this.packed = packed(dimension);
        Require.that(
                (long) rows * packed < Integer.MAX_VALUE - 8,
                "users, or items, times dimension (dimension + 1) / 2, which solver variational keeps of them,",
                "below 2,147,483,639",
                (long) rows * packed);
        this.means = new float[rows * dimension];
        this.moments = new float[rows * packed];
        this.precision = new double[dimension][dimension];
        for (int j = 0; j < dimension; j++) {
            precision[j][j] = 1 / variance;
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".means", means);
        state.floats(name + ".moments", moments);
        for (int j = 0; j < dimension; j++) {
            state.doubles(name + ".precision." + j, precision[j]);
        }
    }

    /** Numbers of the lower half of a symmetric matrix. */
    static int packed(int dimension) {
        return dimension * (dimension + 1) / 2;
    }

    int dimension() {
        return dimension;
    }

    /** Means, [rows][dimension]. */
    float[] means() {
        return means;
    }

    /** Second moments, [rows][{@link #packed}]. */
    float[] moments() {
        return moments;
    }

    /** Inverse of the prior's covariance. */
    double[][] precision() {
        return precision;
    }

    /** Sets what is believed of a row. @param covariance [dimension][dimension], its lower half is read */
    void set(int row, double[] mean, double[][] covariance, double scale) {
        int at = row * packed;
        for (int j = 0; j < dimension; j++) {
            means[row * dimension + j] = (float) mean[j];
            for (int k = 0; k <= j; k++) {
                moments[at++] = (float) (mean[j] * mean[k] + scale * covariance[j][k]);
            }
        }
    }

    /**
     * The prior becomes the normal distribution around 0 that the beliefs fit best, empirical Bayes: its covariance is
     * the mean of the second moments. Sums of shards are added in order.
     */
    void learnPrior(Workers workers) {
        Shards shards = Shards.of(rows, packed);
        double[][] sums = new double[shards.count()][packed];
        workers.run(shards.count(), (shard, worker) -> {
            int end = (shards.first(shard) + shards.size(shard)) * packed;
            for (int from = shards.first(shard) * packed; from < end; from += packed) {
                for (int i = 0; i < packed; i++) {
                    sums[shard][i] += moments[from + i];
                }
            }
        });
        double[][] covariance = new double[dimension][dimension];
        for (double[] sum : sums) {
            int at = 0;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k <= j; k++) {
                    covariance[j][k] += sum[at++] / rows;
                }
            }
        }
        double[][] learned = new double[dimension][dimension];
        NormalEquations.invert(covariance, learned);
        precision = learned;
    }
}
