package dev.longtail.matrix;

/**
 * How rows are cut into contiguous shards, the unit of parallel work and of allocation. The cut depends on the number
 * and width of the rows only, never on the number of threads, so sums over shards are the same for any number of
 * threads. No shard holds more than 2^28 parameters, so no array comes near the limit of 2^31.
 *
 * @param rows number of rows
 * @param count number of shards
 * @param group rows that must not be cut apart: every shard begins at a multiple of it
 */
public record Shards(int rows, int count, int group) {

    private static final int SMALLEST = 256;
    private static final int USUAL = 16;
    private static final long LARGEST = 1L << 28;

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

    private int groups() {
        return (rows + group - 1) / group;
    }

    /** First row of a shard; {@code first(count())} is the number of rows. */
    public int first(int shard) {
        return (int) Math.min(rows, groups() * (long) shard / count * group);
    }

    /** Number of rows in a shard. */
    public int size(int shard) {
        return first(shard + 1) - first(shard);
    }

    /** The shard that holds a row. */
    public int of(int row) {
        int shard = (int) (row / group * (long) count / groups());
        while (row >= first(shard + 1)) {
            shard++;
        }
        return shard;
    }
}
