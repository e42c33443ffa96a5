package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;

/**
 * Which row a feature has. In a dense table feature i has row i. In a hashed one a hash of the feature chooses its row
 * and features share rows (the hashing trick, Weinberger et al. 2009). Features from {@code read} on have none: they
 * add nothing to a bag, and the others of an example are scaled up to the length that all together have.
 *
 * @param features number of features
 * @param read number of those with a row, which are the first ones
 * @param shards how rows are cut into pages
 * @param hashed whether features share rows
 */
record RowPlaces(int features, int read, Shards shards, boolean hashed) {

    /** In place of a row where a feature has none. */
    static final int NONE = -1;

    int row(int feature) {
        if (feature >= read) {
            return NONE;
        }
        return hashed ? (int) Long.remainderUnsigned(RandomStream.mix(feature + 1L), shards.rows()) : feature;
    }

    /** Whether each feature has a row that no other has. */
    boolean areOfTheirOwn() {
        return !hashed && read == features;
    }

    /** What the values of an example are multiplied by. */
    float scale(SparseBatch batch, int example) {
        if (read == features) {
            return 1;
        }
        double all = 0;
        double counted = 0;
        for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
            double square = batch.values()[entry] * batch.values()[entry];
            all += square;
            counted += batch.columns()[entry] < read ? square : 0;
        }
        return counted == 0 ? 0 : (float) Math.sqrt(all / counted);
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
        int rows = (int) Arrays.stream(kept).filter(feature -> feature < read).count();
        return new RowPlaces(kept.length, rows, Shards.of(rows, dimension), false);
    }
}
