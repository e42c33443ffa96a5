package dev.longtail.anchor;

import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * Makes the columns of a tall matrix X orthonormal without leaving their span: with X^T X = R^T R, R upper triangular
 * (Cholesky), the columns of X R^-1 are; done twice, since the first time loses digits where columns are nearly
 * parallel (CholeskyQR2, Yamamoto et al. 2015). A column that depends on earlier ones becomes 0.
 */
final class Orthonormal {

    /** Share of a column's square that must be left outside the span of the earlier ones. */
    private static final double INDEPENDENT = 1e-10;

    private Orthonormal() {}

    static void make(ObjectVectors x, Workers workers) {
        for (int pass = 0; pass < 2; pass++) {
            double[][] gram = gram(x, workers);
            divide(x, cholesky(gram), workers);
        }
    }

    private static double[][] gram(ObjectVectors x, Workers workers) {
        int dimension = x.dimension();
        Shards shards = x.shards();
        double[][][] parts = new double[shards.count()][dimension][dimension];
        workers.run(shards.count(), (shard, worker) -> {
            for (int row = 0; row < shards.size(shard); row++) {
                addOuter(x.page(shard), row * dimension, parts[shard]);
            }
        });
        double[][] gram = new double[dimension][dimension];
        for (double[][] part : parts) {
            for (int i = 0; i < dimension; i++) {
                for (int j = i; j < dimension; j++) {
                    gram[i][j] += part[i][j];
                }
            }
        }
        return gram;
    }

    private static void addOuter(float[] page, int offset, double[][] sums) {
        for (int i = 0; i < sums.length; i++) {
            addScaled(page[offset + i], page, offset, sums[i], i);
        }
    }

    private static void addScaled(double factor, float[] row, int offset, double[] sum, int from) {
        for (int j = from; j < sum.length; j++) {
            sum[j] += factor * row[offset + j];
        }
    }

    /** R, in place of the upper triangle; rows of dependent columns are 0. */
    private static double[][] cholesky(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            double whole = a[i][i];
            for (int k = 0; k < i; k++) {
                a[i][i] -= a[k][i] * a[k][i];
            }
            if (!(a[i][i] > INDEPENDENT * whole)) {
                Arrays.fill(a[i], 0);
                continue;
            }
            a[i][i] = Math.sqrt(a[i][i]);
            for (int j = i + 1; j < a.length; j++) {
                double sum = a[i][j];
                for (int k = 0; k < i; k++) {
                    sum -= a[k][i] * a[k][j];
                }
                a[i][j] = sum / a[i][i];
            }
        }
        return a;
    }

    /** Each row x becomes the y with y R = x. */
    private static void divide(ObjectVectors x, double[][] r, Workers workers) {
        int dimension = x.dimension();
        Shards shards = x.shards();
        workers.run(shards.count(), (shard, worker) -> {
            float[] page = x.page(shard);
            double[] y = new double[dimension];
            for (int row = 0; row < shards.size(shard); row++) {
                for (int i = 0; i < dimension; i++) {
                    y[i] = page[row * dimension + i];
                }
                for (int i = 0; i < dimension; i++) {
                    y[i] = r[i][i] == 0 ? 0 : y[i] / r[i][i];
                    for (int j = i + 1; j < dimension; j++) {
                        y[j] -= y[i] * r[i][j];
                    }
                    page[row * dimension + i] = (float) y[i];
                }
            }
        });
    }
}
