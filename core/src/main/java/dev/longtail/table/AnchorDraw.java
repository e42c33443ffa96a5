package dev.longtail.table;

import dev.longtail.matrix.GrowingFactor;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.parallel.RandomStream;
import dev.longtail.penalty.ProximalConfig.Domain;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws first values of anchors and of the links to them. What an anchor or a row gets depends on the seed and its
 * number only.
 *
 * @param seed of everything random
 * @param first first anchor that has no values yet
 * @param count number of anchors
 */
record AnchorDraw(AnchorConfig config, long seed, int first, int count) {

    /**
     * Values of new anchors: uniform with standard deviation scale / sqrt(dimension).
     *
     * @param into [count][dimension]
     */
    void anchors(float[] into, int dimension, float scale) {
        double half = Math.sqrt(3) * scale / Math.sqrt(dimension);
        for (int k = first; k < count; k++) {
            SplittableRandom random = RandomStream.of(seed, 1, k);
            for (int j = k * dimension; j < (k + 1) * dimension; j++) {
                into[j] = (float) ((2 * random.nextDouble() - 1) * half);
            }
        }
    }

    /**
     * Links to new anchors. Weights are uniform in [0, sqrt(3 / links)], or in both directions where T may be negative,
     * so that the vector of a row has the deviation of an anchor.
     */
    void links(SparseFactor transform) {
        int links = config.startLinks();
        double most = config.mixing() == AnchorConfig.Mixing.SOFTMAX ? 1 : Math.sqrt(3.0 / links);
        boolean signed = config.penalty().domain() != Domain.NON_NEGATIVE;
        boolean sparse = transform instanceof GrowingFactor;
        int[] columns = new int[sparse ? links : count];
        float[] values = new float[columns.length];
        for (int row = 0; row < transform.rows(); row++) {
            SplittableRandom random = RandomStream.of(seed, 2 + first, row);
            int n = sparse ? distinct(random, columns) : all(columns);
            for (int i = 0; i < n; i++) {
                double value = random.nextDouble();
                values[i] = (float) (most * (signed ? 2 * value - 1 : value));
            }
            transform.insert(row, columns, values, n);
        }
    }

    private int all(int[] columns) {
        for (int k = first; k < count; k++) {
            columns[k - first] = k;
        }
        return count - first;
    }

    /** Distinct numbers, ascending: Floyd's sample. Of new anchors a row takes its share. */
    private int distinct(SplittableRandom random, int[] columns) {
        int wanted = first == 0 ? columns.length : (int) (columns.length * (long) (count - first) / count);
        int n = 0;
        for (int last = count - wanted; last < count; last++) {
            int drawn = first + random.nextInt(Math.max(1, last + 1 - first));
            columns[n] = contains(columns, n, drawn) ? last : drawn;
            n++;
        }
        Arrays.sort(columns, 0, n);
        return n;
    }

    private static boolean contains(int[] columns, int n, int column) {
        for (int i = 0; i < n; i++) {
            if (columns[i] == column) {
                return true;
            }
        }
        return false;
    }
}
