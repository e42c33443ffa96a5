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
 * @param count number of anchors
 */
record AnchorDraw(AnchorConfig config, long seed, int count) {

    /**
     * Values of new anchors: uniform with standard deviation scale / sqrt(dimension).
     *
     * @param first first anchor that has no values yet
     * @param into [count][dimension]
     */
    void anchors(int first, float[] into, int dimension, float scale) {
        double half = Math.sqrt(3) * scale / Math.sqrt(dimension);
        for (int k = first; k < count; k++) {
            SplittableRandom random = RandomStream.of(seed, 1, k);
            for (int j = k * dimension; j < (k + 1) * dimension; j++) {
                into[j] = (float) ((2 * random.nextDouble() - 1) * half);
            }
        }
    }

    /**
     * Links of new rows. Weights are uniform in [0, sqrt(3 / links)], or in both directions where T may be negative, so
     * that the vector of a row has the deviation of an anchor.
     *
     * @param first first row that has no links yet
     */
    void links(SparseFactor transform, int first) {
        int links = config.links() == 0 ? count : Math.min(count, config.links());
        double most = config.mixing() == AnchorConfig.Mixing.SOFTMAX ? 1 : Math.sqrt(3.0 / links);
        boolean signed = config.penalty().domain() != Domain.NON_NEGATIVE;
        boolean some = transform instanceof GrowingFactor;
        int[] columns = new int[some ? links : count];
        float[] values = new float[columns.length];
        for (int row = first; row < transform.rows(); row++) {
            SplittableRandom random = RandomStream.of(seed, 2, row);
            if (some) {
                distinct(random, columns);
            } else {
                Arrays.setAll(columns, k -> k);
            }
            for (int i = 0; i < values.length; i++) {
                double value = random.nextDouble();
                values[i] = (float) (most * (signed ? 2 * value - 1 : value));
            }
            transform.insert(row, columns, values, columns.length);
        }
    }

    /** Distinct numbers, ascending: Floyd's sample. */
    private void distinct(SplittableRandom random, int[] columns) {
        for (int n = 0; n < columns.length; n++) {
            int last = count - columns.length + n;
            int drawn = random.nextInt(last + 1);
            columns[n] = contains(columns, n, drawn) ? last : drawn;
        }
        Arrays.sort(columns);
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
