package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.data.FeatureSpace;
import dev.longtail.matrix.Shards;
import dev.longtail.penalty.RowPenaltyConfig;
import java.util.List;
import java.util.Map;

/**
 * The shape of the input table.
 *
 * @param kind which table
 * @param dimension length of a row, which is the number of hidden units, at least 1
 * @param ngrams whether features that are several words have vectors
 * @param buckets rows of the hashed table, at least 1
 * @param initialScale standard deviation of the first values is initialScale / sqrt(dimension), at least 0
 * @param anchors of the kind of that name
 * @param mixed of the kind of that name
 * @param rowPenalty on the numbers of dense and hashed tables
 */
public record TableConfig(
        @Setting("input table: dense has a row for every feature, hashed shares a fixed number of rows, anchors makes"
                + " each row from a few anchors, mixed has shorter rows for rarer features")
        Kind kind,

        @Setting("length of a row, which is the number of hidden units, at least 1")
        int dimension,

        @Setting("whether runs of several words have vectors too; without, only the direct arm reads them, and the"
                + " words of an example weigh as much as all its features did")
        boolean ngrams,

        @Setting("rows of the hashed table, at least 1") int buckets,

        @Setting("first values have standard deviation initialScale / sqrt(dimension), at least 0")
        float initialScale,

        AnchorConfig anchors,
        MixedConfig mixed,
        RowPenaltyConfig rowPenalty) {

    /** Kinds of input table. */
    public enum Kind {
        /** A row for every feature. */
        DENSE,
        /** A fixed number of rows; a hash of the feature chooses its row. */
        HASHED,
        /** A sparse mix of anchors for every feature, see {@link AnchorTable}. */
        ANCHORS,
        /** Rows of different lengths, the longest for the most popular features, see {@link MixedTable}. */
        MIXED
    }

    public TableConfig {
        Require.that(dimension >= 1, "dimension", "at least 1", dimension);
        Require.that(buckets >= 1, "buckets", "at least 1", buckets);
        Require.that(initialScale >= 0 && Float.isFinite(initialScale), "initialScale", "at least 0", initialScale);
    }

    /** A table in which every feature has a vector. */
    public TableConfig(Kind kind, int dimension, int buckets, float initialScale) {
        this(kind, dimension, true, buckets, initialScale, AnchorConfig.DEFAULT);
    }

    /** A table of which no number is penalised but for the links of anchors. */
    public TableConfig(
            Kind kind, int dimension, boolean ngrams, int buckets, float initialScale, AnchorConfig anchors) {
        this(kind, dimension, ngrams, buckets, initialScale, anchors, MixedConfig.DEFAULT, RowPenaltyConfig.NONE);
    }

    /** A new table of zeros for the features of a space. */
    public InputTable newTable(FeatureSpace space) {
        return newTable(places(space), "table");
    }

    /**
     * A new table of zeros for numbered features whose popularity is not known.
     *
     * @param name what the names of its tensors begin with
     */
    public InputTable newTable(int features, String name) {
        return newTable(places(features, features), name);
    }

    /**
     * A new table of zeros for numbered features, say users or items.
     *
     * @param counts how often each is read, in falling order where the table is mixed
     * @param name what the names of its tensors begin with
     */
    public InputTable newTable(int[] counts, String name) {
        return kind == Kind.MIXED
                ? new MixedTable(mixed, counts, dimension, name)
                : newTable(places(counts.length, counts.length), name);
    }

    /**
     * Names and shapes of the tensors of a table of {@link #newTable(int[], String)}, but for those whose shapes change
     * while they are learned.
     */
    public Map<String, List<Long>> fixedShapes(int[] counts, String name) {
        return switch (kind) {
            case ANCHORS -> Map.of();
            case DENSE, HASHED -> Map.of(name + RowTable.ROWS, List.of((long) rows(counts.length), (long) dimension));
            case MIXED -> MixedBlocks.of(counts, dimension, mixed).shapes(dimension, name);
        };
    }

    private InputTable newTable(RowPlaces places, String name) {
        return switch (kind) {
            case ANCHORS -> new AnchorTable(anchors, places, dimension, name);
            case DENSE, HASHED -> new RowTable(places, dimension, name, rowPenalty);
            case MIXED ->
                throw new IllegalArgumentException("kind must be dense, hashed or anchors, got mixed: it needs to know"
                        + " how popular features are, as tables of users and items do");
        };
    }

    /** The same in 8 bits, to be read into. */
    public InputTable newByteTable(FeatureSpace space) {
        if (kind == Kind.ANCHORS) {
            return newTable(space);
        }
        return new ByteTable(places(space), dimension);
    }

    private RowPlaces places(FeatureSpace space) {
        return places(space.size(), ngrams ? space.size() : space.words());
    }

    private RowPlaces places(int features, int read) {
        int width = kind == Kind.ANCHORS ? anchors.count() : dimension;
        return new RowPlaces(features, read, Shards.of(rows(read), width), kind == Kind.HASHED);
    }

    /**
     * Number of rows.
     *
     * @param read features that have a vector
     */
    public int rows(int read) {
        return switch (kind) {
            case DENSE, ANCHORS, MIXED -> read;
            case HASHED -> buckets;
        };
    }
}
