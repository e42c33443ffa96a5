package dev.longtail.table;

import dev.longtail.matrix.GrowingFactor;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.parallel.RandomStream;
import dev.longtail.penalty.ProximalConfig.Domain;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The links of rows before anything is learned: to all anchors, or in a sparse transform to some that are drawn. Weights
 * are uniform in [0, sqrt(3 / links)], or in both directions where T may be negative, so that the vector of a row has
 * the deviation of an anchor.
 *
 * @param links of a row
 * @param most largest weight
 */
record FirstLinks(int anchors, int links, double most, boolean signed, long seed) {

    /** Links to the first {@code anchors} anchors of a table. */
    static FirstLinks of(AnchorConfig config, int anchors, long seed) {
        int links = config.links() == 0 ? anchors : Math.min(anchors, config.links());
        double most = config.mixing() == AnchorConfig.Mixing.SOFTMAX ? 1 : Math.sqrt(3.0 / links);
        return new FirstLinks(anchors, links, most, config.penalty().domain() != Domain.NON_NEGATIVE, seed);
    }

    /** Gives links to the empty rows from {@code first} on. */
    void draw(SparseFactor transform, int first) {
        boolean some = transform instanceof GrowingFactor;
        int[] columns = new int[some ? links : anchors];
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

    /** Distinct numbers below the number of anchors, ascending: Floyd's sample. */
    private void distinct(SplittableRandom random, int[] columns) {
        for (int n = 0; n < columns.length; n++) {
            int last = anchors - columns.length + n;
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
