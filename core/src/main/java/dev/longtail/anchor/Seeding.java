package dev.longtail.anchor;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * k-means++ (Arthur and Vassilvitskii, SODA 2007): points are drawn one after the other, each with probability
 * proportional to weight times squared distance from the nearest that has been drawn; the first one by weight alone.
 * Points that are given count as drawn first. A drawn point costs one distance for each point that may now have a
 * nearer one: x with nearest centre c keeps it when the new centre c' has |c' - c| >= 2 |x - c|.
 */
final class Seeding {

    /** Squares below this share of what they are the difference of are nothing but rounding. */
    private static final double ROUNDING = 1e-6;

    private final ObjectVectors points;
    private final double[] weights;
    private final Workers workers;
    private final int dimension;
    private final Shards shards;
    private final float[] mean;
    private final double[] fromMean;
    private final double[] squares;
    private final int[] nearest;
    private final int[] drawn;
    private final float[] centre;
    private int count;

    /** @param weights of the points, at least 0 */
    Seeding(ObjectVectors points, double[] weights, float[] mean, int clusters, Workers workers) {
        this.points = points;
        this.weights = weights;
        this.workers = workers;
        this.dimension = points.dimension();
        this.shards = points.shards();
        this.mean = mean;
        this.fromMean = Distances.from(points, mean, workers);
        this.squares = new double[points.objects()];
        this.nearest = new int[points.objects()];
        this.drawn = new int[clusters];
        this.centre = new float[dimension];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
    }

    /**
     * Draws what is left of the clusters.
     *
     * @param given points that come first
     * @return points in the order they were drawn, all different
     */
    int[] draw(int[] given, long seed) {
        for (int point : given) {
            take(point);
        }
        while (count < drawn.length) {
            take(next(RandomStream.of(seed, 0, count).nextDouble()));
        }
        return drawn;
    }

    private int next(double uniform) {
        double[] potentials = count == 0 ? weights : weighted();
        double[] sums = new double[shards.count()];
        double all = 0;
        for (int shard = 0; shard < sums.length; shard++) {
            for (int point = shards.first(shard); point < shards.first(shard + 1); point++) {
                sums[shard] += potentials[point];
            }
            all += sums[shard];
        }
        double left = uniform * all;
        int shard = 0;
        while (shard + 1 < sums.length && left >= sums[shard]) {
            left -= sums[shard++];
        }
        int last = -1;
        for (int point = shards.first(shard); point < shards.first(shard + 1); point++) {
            if (potentials[point] > 0) {
                last = point;
                left -= potentials[point];
                if (left < 0) {
                    return point;
                }
            }
        }
        return last >= 0 ? last : anyLeft();
    }

    private double[] weighted() {
        double[] potentials = new double[squares.length];
        workers.run(shards.count(), (shard, worker) -> {
            for (int point = shards.first(shard); point < shards.first(shard + 1); point++) {
                potentials[point] = weights[point] > 0 ? weights[point] * squares[point] : 0;
            }
        });
        return potentials;
    }

    /** Where all points lie on drawn ones, the first that is not itself drawn. */
    private int anyLeft() {
        int[] taken = Arrays.copyOf(drawn, count);
        Arrays.sort(taken);
        for (int point = 0; point < weights.length; point++) {
            if (weights[point] > 0 && Arrays.binarySearch(taken, point) < 0) {
                return point;
            }
        }
        throw new IllegalStateException("fewer points than clusters");
    }

    private void take(int point) {
        points.read(point, centre, 0);
        double centreMean = 0;
        double centreSquare = 0;
        for (int i = 0; i < dimension; i++) {
            centre[i] -= mean[i];
            centreMean += (double) centre[i] * mean[i];
            centreSquare += (double) centre[i] * centre[i];
        }
        double[] toDrawn = new double[count];
        for (int other = 0; other < count; other++) {
            int x = drawn[other];
            toDrawn[other] = square(x, shards.of(x), centreMean, centreSquare);
        }
        double offset = centreMean;
        double length = centreSquare;
        workers.run(shards.count(), (shard, worker) -> {
            for (int x = shards.first(shard); x < shards.first(shard + 1); x++) {
                if (weights[x] > 0 && (count == 0 || toDrawn[nearest[x]] < 4 * squares[x])) {
                    double square = square(x, shard, offset, length);
                    if (square < squares[x]) {
                        squares[x] = square;
                        nearest[x] = count;
                    }
                }
            }
        });
        squares[point] = 0;
        drawn[count++] = point;
    }

    /** |x - c|^2 = |x - m|^2 + |c - m|^2 - 2 (x (c - m) - m (c - m)), with c - m in {@link #centre}. */
    private double square(int x, int shard, double centreMean, double centreSquare) {
        int offset = (x - shards.first(shard)) * dimension;
        double product = Vectors.dot(points.page(shard), offset, centre, 0, dimension);
        double sum = fromMean[x] + centreSquare;
        double square = sum - 2 * (product - centreMean);
        return square < ROUNDING * sum ? 0 : square;
    }
}
