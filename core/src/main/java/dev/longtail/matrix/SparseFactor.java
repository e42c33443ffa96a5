package dev.longtail.matrix;

/**
 * The transform T of an anchor table: a matrix of many rows and few columns whose rows grow and shrink while they are
 * learned ("CSOO" in Anchor and Transform, appendix H: adding or deleting a non-zero moves the entries of its row at
 * most). Beside each value there is room for what an update rule keeps of it. {@link FullFactor} has room for every
 * column, {@link GrowingFactor} for the non-zeros; {@link ByteFactor} is read only.
 *
 * <p>Columns from {@link #columns()} on are frozen: they keep their values and are neither read nor visited, until
 * {@link #columns(int)} makes them part of the matrix again.
 *
 * <p>Rows of different shards may be changed at the same time.
 */
public sealed interface SparseFactor extends Stateful permits FullFactor, GrowingFactor, ByteFactor {

    /** Number of rows. */
    default int rows() {
        return shards().rows();
    }

    /** How rows are cut: one thread at a time may change the rows of a shard. */
    Shards shards();

    /** Number of columns, without frozen ones. */
    int columns();

    /**
     * Makes the first {@code count} columns the matrix; those behind keep their values. Columns that never were part of
     * it are 0.
     */
    void columns(int count);

    /**
     * Adds rows of zeros behind the others; all rows are copied.
     *
     * @param cut of all rows, of which there are no fewer than before
     */
    void grow(Shards cut);

    /** Lets two columns change places, with what is kept beside their values. */
    void swap(int column, int other);

    /** Numbers that are not 0, in columns that are not frozen. */
    long nnz();

    /** Bytes of all arrays. */
    long bytes();

    /** Numbers kept beside each value: 0, 1 or 2. */
    int moments();

    /** Changes how many numbers are kept beside each value; all of them become 0. */
    void moments(int count);

    /** Lets a view show the stored entries of a row, by ascending columns. */
    void view(int row, View view);

    /** Ends a change of the row's values through a view: entries of 0 are given up. */
    void tidy(int row);

    /**
     * Puts new entries into a row, where it has none; what update rules keep of them is 0.
     *
     * @param columns ascending, none of them stored in the row
     */
    void insert(int row, int[] columns, float[] values, int count);

    /** into[offset + c] += weight * T[row][c] for every column c. */
    void addRow(int row, float weight, float[] into, int offset);

    /**
     * The stored entries of a row: entry j has column {@code column(j)}, its value stands at {@code offset + j} of
     * {@code values}, and what update rules keep of it at the same place of {@code first} and {@code second}. The
     * arrays are live and valid until the row or another one of its shard gets new entries.
     */
    final class View {
        /** Arrays of the row's shard; those of moments are empty where there are none, or not in this order. */
        public float[] values = {};

        public float[] first = {};
        public float[] second = {};

        /** Columns of the entries from {@link #offset} on; empty where entry j has column j. */
        public char[] columns = {};

        public int offset;
        public int length;

        /** Column of entry j. */
        public int column(int j) {
            return columns.length == 0 ? j : columns[offset + j];
        }
    }
}
