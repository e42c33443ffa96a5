package dev.longtail.anchor;

import dev.longtail.parallel.Workers;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Points for tests. */
final class Points {

    private Points() {}

    static ObjectVectors of(float[]... rows) {
        ObjectVectors points = new ObjectVectors(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            points.set(i, rows[i], 0);
        }
        return points;
    }

    /** Points of one dimension. */
    static ObjectVectors line(float... values) {
        float[][] rows = new float[values.length][];
        for (int i = 0; i < values.length; i++) {
            rows[i] = new float[] {values[i]};
        }
        return of(rows);
    }

    static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    /** Point i lies about centre i % clusters; centres are drawn from a wide normal distribution. */
    static ObjectVectors planted(int size, int dimension, int clusters, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] centres = new float[clusters][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) (10 * normal(random));
            }
        }
        ObjectVectors points = new ObjectVectors(size, dimension);
        float[] row = new float[dimension];
        for (int point = 0; point < size; point++) {
            for (int i = 0; i < dimension; i++) {
                row[i] = (float) (centres[point % clusters][i] + noise * normal(random));
            }
            points.set(point, row, 0);
        }
        return points;
    }

    static float[] row(ObjectVectors points, int point) {
        float[] row = new float[points.dimension()];
        points.read(point, row, 0);
        return row;
    }

    static double squared(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return sum;
    }

    /** Mean squared distance of all points from the nearest of some places, by two plain loops. */
    static double meanSquare(ObjectVectors points, float[][] places) {
        double sum = 0;
        for (int point = 0; point < points.objects(); point++) {
            double nearest = Double.POSITIVE_INFINITY;
            float[] row = row(points, point);
            for (float[] place : places) {
                nearest = Math.min(nearest, squared(row, place));
            }
            sum += nearest;
        }
        return sum / points.objects();
    }

    /** [clusters][dimension] as rows. */
    static float[][] rows(float[] values, int dimension) {
        float[][] rows = new float[values.length / dimension][dimension];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * dimension, rows[i], 0, dimension);
        }
        return rows;
    }

    static <T> T with(int threads, Function<Workers, T> use) {
        try (Workers workers = new Workers(threads)) {
            return use.apply(workers);
        }
    }
}
