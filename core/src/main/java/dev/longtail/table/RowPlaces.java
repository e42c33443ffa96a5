package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.RandomStream;

/**
 * Which row a feature has. In a dense table feature i has row i; features behind the last row have none and add nothing
 * to a bag. In a hashed one a hash of the feature chooses its row and features share rows (the hashing trick,
 * Weinberger et al. 2009).
 *
 * @param shards how rows are cut into pages
 * @param hashed whether features share rows
 */
record RowPlaces(int features, Shards shards, boolean hashed) {

    /** In place of a row where a feature has none. */
    static final int NONE = -1;

    int row(int feature) {
        if (hashed) {
            return (int) Long.remainderUnsigned(RandomStream.mix(feature + 1L), shards.rows());
        }
        return feature < shards.rows() ? feature : NONE;
    }

    /**
     * Places in a table with the rows of some of the features only.
     *
     * @throws IllegalArgumentException when features do not have a row each
     */
    RowPlaces select(int[] kept, int dimension) {
        Require.that(
                !hashed,
                "a table that leaves out features",
                "dense; features of a hashed one share rows, and leaving some out saves nothing",
                "hashed with " + shards.rows() + " rows");
        int rows = 0;
        while (rows < kept.length && kept[rows] < shards.rows()) {
            rows++;
        }
        return new RowPlaces(kept.length, Shards.of(rows, dimension), false);
    }
}
