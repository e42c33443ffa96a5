package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * A few weighted points on which k-means finds nearly as good centres as on all (Bachem, Lucic and Krause, Scalable
 * k-means clustering via lightweight coresets, KDD 2018): m points are drawn with replacement by
 *
 * <pre>
 *   q(x) = 1/2 w(x) / W + 1/2 w(x) |x - mean|^2 / sum of w(y) |y - mean|^2 over y
 * </pre>
 *
 * <p>and weigh w(x) / (m q(x)) each, so that the cost of any centres is expected to be that over all points. W is the
 * sum of the weights w. Two passes over the points, whatever the number of clusters.
 *
 * @param points the different points that were drawn, ascending
 * @param weights of these points
 */
record LightweightCoreset(int[] points, double[] weights) {

    /** Draws {@code size} times from the objects that have vectors. */
    static LightweightCoreset of(ObjectVectors space, int size, long seed, Workers workers) {
        double[] weights = space.weights();
        double all = Arrays.stream(weights).sum();
        Require.that(all > 0, "points of a coreset", "drawn from some that have vectors", "none");
        float[] mean = Distances.mean(space, weights, workers);
        double[] squares = Distances.from(space, mean, workers);
        double spread =
                Arrays.stream(Distances.costs(space.shards(), weights, squares)).sum();
        double[] upTo = new double[weights.length]; // sum of q up to and with each point
        double sum = 0;
        for (int point = 0; point < upTo.length; point++) {
            sum += weights[point] * share(squares[point], all, spread);
            upTo[point] = sum;
        }
        int[] drawn = new int[size];
        for (int draw = 0; draw < size; draw++) {
            double at = RandomStream.of(seed, 0, draw).nextDouble() * sum;
            int found = Arrays.binarySearch(upTo, at);
            drawn[draw] = first(upTo, found >= 0 ? found + 1 : -found - 1, weights);
        }
        Arrays.sort(drawn);
        return merged(drawn, point -> 1 / (size * share(squares[point], all, spread)));
    }

    /** q(x) / w(x). */
    private static double share(double square, double all, double spread) {
        return spread > 0 ? 0.5 / all + 0.5 * square / spread : 1 / all;
    }

    /** The first point from {@code at} on that can be drawn, or else the last one before. */
    private static int first(double[] upTo, int at, double[] weights) {
        int point = Math.min(at, upTo.length - 1);
        while (point < upTo.length - 1 && weights[point] == 0) {
            point++;
        }
        while (weights[point] == 0) {
            point--;
        }
        return point;
    }

    @FunctionalInterface
    private interface Weight {
        double of(int point);
    }

    private static LightweightCoreset merged(int[] drawn, Weight weight) {
        int[] points = new int[drawn.length];
        double[] weights = new double[drawn.length];
        int count = 0;
        for (int i = 0; i < drawn.length; i++) {
            if (i == 0 || drawn[i] != drawn[i - 1]) {
                points[count++] = drawn[i];
            }
            weights[count - 1] += weight.of(drawn[i]);
        }
        return new LightweightCoreset(Arrays.copyOf(points, count), Arrays.copyOf(weights, count));
    }
}
