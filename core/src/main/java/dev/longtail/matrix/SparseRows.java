package dev.longtail.matrix;

import java.util.Arrays;

/**
 * Sparse rows in CSR form that are filled once and then only read, by any number of threads: row r holds columns
 * {@code columns()[start(r) .. start(r + 1))}, ascending and distinct, with the values at the same places. Takes 8
 * bytes an entry and 4 a row.
 */
public final class SparseRows {

    private int[] starts;
    private int[] columns;
    private float[] values;
    private int rows;

    /** No rows yet, room for so many rows and entries; it grows where that is too little. */
    public SparseRows(int expectedRows, int expectedEntries) {
        starts = new int[expectedRows + 2];
        columns = new int[Math.max(16, expectedEntries)];
        values = new float[columns.length];
    }

    /** No rows yet and little room. */
    public SparseRows() {
        this(1024, 1 << 14);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** First entry of a row; {@code start(rows())} is the number of entries. */
    public int start(int row) {
        return starts[row];
    }

    /** Columns of all entries, the live array, valid up to {@code start(rows())}. */
    public int[] columns() {
        return columns;
    }

    /** Values of all entries, the live array, valid up to {@code start(rows())}. */
    public float[] values() {
        return values;
    }

    /**
     * Appends a row with the first {@code count} entries of the two arrays.
     *
     * @throws ArithmeticException when there are 2^31 entries or more
     */
    public void add(int[] rowColumns, float[] rowValues, int count) {
        int start = starts[rows];
        int end = Math.addExact(start, count);
        if (end > columns.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, columns.length * 3L / 2));
            columns = Arrays.copyOf(columns, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        if (rows + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length + starts.length / 2);
        }
        System.arraycopy(rowColumns, 0, columns, start, count);
        System.arraycopy(rowValues, 0, values, start, count);
        starts[++rows] = end;
    }

    /** Appends a row to a batch. */
    public void copyTo(SparseBatch batch, int row) {
        batch.add(columns, values, starts[row], starts[row + 1] - starts[row]);
    }
}
