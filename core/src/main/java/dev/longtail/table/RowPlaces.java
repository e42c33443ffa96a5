package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.RandomStream;

/**
 * Which row a feature has. With as many rows as features each feature has its own (the dense table); with fewer, a hash
 * of the feature chooses its row and features share rows (the hashing trick, Weinberger et al. 2009).
 *
 * @param shards how rows are cut into pages
 */
record RowPlaces(int features, Shards shards) {

    int row(int feature) {
        return isShared() ? (int) Long.remainderUnsigned(RandomStream.mix(feature + 1L), shards.rows()) : feature;
    }

    private boolean isShared() {
        return shards.rows() < features;
    }

    /**
     * Places in a table with the rows of some of the features only.
     *
     * @throws IllegalArgumentException when features do not have a row each
     */
    RowPlaces select(int count, int dimension) {
        Require.that(
                shards.rows() == features,
                "a table that leaves out features",
                "dense; features of a hashed one share rows, and leaving some out saves nothing",
                "hashed with " + shards.rows() + " rows");
        return new RowPlaces(count, Shards.of(count, dimension));
    }
}
