package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.matrix.Shards;

/**
 * The shape of the input table.
 *
 * @param kind which table
 * @param dimension length of a row, which is the number of hidden units, at least 1
 * @param features features that have a row in the dense table, those of the smallest numbers; 0 for all
 * @param buckets rows of the hashed table, at least 1
 * @param initialScale standard deviation of the first values is initialScale / sqrt(dimension), at least 0
 */
public record TableConfig(
        @Setting("input table: dense has a row for every feature, hashed shares a fixed number of rows")
        Kind kind,

        @Setting("length of a row, which is the number of hidden units, at least 1")
        int dimension,

        @Setting("features that have a row in the dense table, the most frequent ones of a text; 0 for all. The others"
                + " are read by the direct arm alone")
        int features,

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
        Require.that(features >= 0, "table.features", "at least 0", features);
        Require.that(kind == Kind.DENSE || features == 0, "table.features", "0 when the table is hashed", features);
        Require.that(buckets >= 1, "buckets", "at least 1", buckets);
        Require.that(initialScale >= 0 && Float.isFinite(initialScale), "initialScale", "at least 0", initialScale);
    }

    /** A table in which every feature has a row where it is dense. */
    public TableConfig(Kind kind, int dimension, int buckets, float initialScale) {
        this(kind, dimension, 0, buckets, initialScale);
    }

    /** A new table of zeros for {@code known} features. */
    public InputTable newTable(int known) {
        return new RowTable(places(known), dimension);
    }

    /** The same in 8 bits, to be read into. */
    public InputTable newByteTable(int known) {
        return new ByteTable(places(known), dimension);
    }

    private RowPlaces places(int known) {
        return switch (kind) {
            case DENSE -> new RowPlaces(known, Shards.of(rows(known), dimension), false);
            case HASHED -> new RowPlaces(known, Shards.of(rows(known), dimension), true);
        };
    }

    /** Number of rows for so many features. */
    public int rows(int known) {
        return switch (kind) {
            case DENSE -> features == 0 ? known : Math.min(features, known);
            case HASHED -> buckets;
        };
    }
}
