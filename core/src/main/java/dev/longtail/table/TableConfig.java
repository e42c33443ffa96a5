package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.matrix.Shards;

/**
 * The shape of the input table.
 *
 * @param kind which table
 * @param dimension length of a row, which is the number of hidden units, at least 1
 * @param buckets rows of the hashed table, at least 1
 * @param initialScale standard deviation of the first values is initialScale / sqrt(dimension), at least 0
 */
public record TableConfig(
        @Setting("input table: dense has a row for every feature, hashed shares a fixed number of rows")
        Kind kind,

        @Setting("length of a row, which is the number of hidden units, at least 1")
        int dimension,

        @Setting("rows of the hashed table, at least 1") int buckets,

        @Setting("first values have standard deviation initialScale / sqrt(dimension), at least 0")
        float initialScale) {

    /** Kinds of input table. */
    public enum Kind {
        /** A row for every feature. */
        DENSE,
        /** A fixed number of rows; a hash of the feature chooses its row. */
        HASHED
    }

    public TableConfig {
        Require.that(dimension >= 1, "dimension", "at least 1", dimension);
        Require.that(buckets >= 1, "buckets", "at least 1", buckets);
        Require.that(initialScale >= 0 && Float.isFinite(initialScale), "initialScale", "at least 0", initialScale);
    }

    /** A new table of zeros for {@code features} features. */
    public InputTable newTable(int features) {
        return new RowTable(places(features), dimension);
    }

    /** The same in 8 bits, to be read into. */
    public InputTable newByteTable(int features) {
        return new ByteTable(places(features), dimension);
    }

    private RowPlaces places(int features) {
        int rows = switch (kind) {
            case DENSE -> features;
            case HASHED -> buckets;
        };
        return new RowPlaces(features, Shards.of(rows, dimension));
    }
}
