package dev.longtail.anchor;

import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;

/** Squared Euclidean distances of points, in double precision and added up in an order that no thread changes. */
final class Distances {

    private Distances() {}

    /** The sum of (a[i] - b[i])^2. */
    static double squared(float[] a, int aOffset, float[] b, int bOffset, int dimension) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            double difference = (double) a[aOffset + i] - b[bOffset + i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Weighted mean of the points. */
    static float[] mean(ObjectVectors points, double[] weights, Workers workers) {
        int dimension = points.dimension();
        Shards shards = points.shards();
        double[][] sums = new double[shards.count()][dimension + 1];
        workers.run(shards.count(), (shard, worker) -> {
            float[] page = points.page(shard);
            double[] sum = sums[shard];
            for (int row = 0; row < shards.size(shard); row++) {
                double weight = weights[shards.first(shard) + row];
                sum[dimension] += weight;
                for (int i = 0; weight > 0 && i < dimension; i++) {
                    sum[i] += weight * page[row * dimension + i];
                }
            }
        });
        double[] all = new double[dimension + 1];
        for (double[] sum : sums) {
            for (int i = 0; i <= dimension; i++) {
                all[i] += sum[i];
            }
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = all[dimension] == 0 ? 0 : (float) (all[i] / all[dimension]);
        }
        return mean;
    }

    /** The square of each point's distance from one place. */
    static double[] from(ObjectVectors points, float[] place, Workers workers) {
        int dimension = points.dimension();
        Shards shards = points.shards();
        double[] squares = new double[points.objects()];
        workers.run(shards.count(), (shard, worker) -> {
            float[] page = points.page(shard);
            for (int row = 0; row < shards.size(shard); row++) {
                squares[shards.first(shard) + row] = squared(page, row * dimension, place, 0, dimension);
            }
        });
        return squares;
    }

    /** The sum of weight times square, shard by shard. */
    static double[] costs(Shards shards, double[] weights, double[] squares) {
        double[] costs = new double[shards.count()];
        for (int shard = 0; shard < shards.count(); shard++) {
            for (int point = shards.first(shard); point < shards.first(shard + 1); point++) {
                costs[shard] += weights[point] * squares[point];
            }
        }
        return costs;
    }
}
