package dev.longtail.matrix;

import java.util.Objects;

/**
 * How rows are cut into contiguous shards, the unit of parallel work and of allocation. The cut depends on the number
 * and width of the rows only, never on the number of threads, so sums over shards are the same for any number of
 * threads. No shard holds more than 2^28 parameters, so no array comes near the limit of 2^31.
 */
public final class Shards {

    private static final int SMALLEST = 256;
    private static final int USUAL = 16;
    private static final long LARGEST = 1L << 28;

    private final int rows;
    private final int count;
    private final int group;
    private final int[] starts;
    /** 2^32 times shards by rows: finding the shard of a row is a product, where a division takes ten times as long. */
    private final long perRow;

    /**
     * A cut of equal shards, but for the group that a border may not cut.
     *
     * @param rows number of rows
     * @param count number of shards
     * @param group rows that must not be cut apart: every shard begins at a multiple of it
     */
    public Shards(int rows, int count, int group) {
        this.rows = rows;
        this.count = count;
        this.group = group;
        this.starts = new int[count + 1];
        long groups = ((long) rows + group - 1) / group;
        for (int shard = 0; shard <= count; shard++) {
            starts[shard] = (int) Math.min(rows, groups * shard / count * group);
        }
        this.perRow = rows == 0 ? 0 : ((long) count << 32) / rows;
    }

    /** The cut for {@code rows} rows of {@code width} parameters: 16 shards, fewer for few rows, more for very many. */
    public static Shards of(int rows, int width) {
        return of(rows, width, 1);
    }

    /** The same cut between groups of {@code group} rows. */
    public static Shards of(int rows, int width, int group) {
        long forSize = (rows * (long) width + LARGEST - 1) / LARGEST;
        int forWork = Math.min(USUAL, (rows + SMALLEST - 1) / SMALLEST);
        return new Shards(rows, (int) Math.max(Math.max(1, forWork), forSize), group);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of shards. */
    public int count() {
        return count;
    }

    /** Rows that are not cut apart. */
    public int group() {
        return group;
    }

    /** First row of a shard; {@code first(count())} is the number of rows. */
    public int first(int shard) {
        return starts[shard];
    }

    /** Number of rows in a shard. */
    public int size(int shard) {
        return starts[shard + 1] - starts[shard];
    }

    /** The shard that holds a row. */
    public int of(int row) {
        int shard = (int) (row * perRow >>> 32); // at most a few off, where groups move the borders
        while (row < starts[shard]) {
            shard--;
        }
        while (row >= starts[shard + 1]) {
            shard++;
        }
        return shard;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shards cut && rows == cut.rows && count == cut.count && group == cut.group;
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, count, group);
    }

    @Override
    public String toString() {
        return rows + " rows in " + count + " shards of groups of " + group;
    }
}
