package dev.longtail.matrix;

import java.util.Arrays;

/**
 * A batch of sparse rows in CSR form, a buffer that is filled again for each step: row r holds columns
 * {@code columns[starts[r] .. starts[r + 1])} with the values at the same places.
 */
public final class SparseBatch {

    private int[] starts = new int[65];
    private int[] columns = new int[1024];
    private float[] values = new float[1024];
    private int rows;
    private boolean distinct;

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of entries in all rows. */
    public int nnz() {
        return starts[rows];
    }

    /** First entry of a row; {@code start(rows())} is the number of entries. */
    public int start(int row) {
        return starts[row];
    }

    /** Columns of all entries, valid up to {@link #nnz()}. */
    public int[] columns() {
        return columns;
    }

    /** Values of all entries, valid up to {@link #nnz()}. */
    public float[] values() {
        return values;
    }

    /** Whether it is known that no column occurs twice in the whole batch, see {@link #setDistinct}. */
    public boolean isDistinct() {
        return distinct;
    }

    /** Empties the batch. */
    public void clear() {
        rows = 0;
        distinct = false;
    }

    /** Appends a row with the first {@code count} entries of the two arrays. */
    public void add(int[] rowColumns, float[] rowValues, int count) {
        add(rowColumns, rowValues, 0, count);
    }

    /** Appends a row with {@code count} entries of the two arrays from {@code offset} on. */
    public void add(int[] rowColumns, float[] rowValues, int offset, int count) {
        int start = nnz();
        distinct = false;
        reserve(start + count);
        System.arraycopy(rowColumns, offset, columns, start, count);
        System.arraycopy(rowValues, offset, values, start, count);
        starts[++rows] = start + count;
    }

    /** Makes this a batch of rows of one entry each, of value 1, in the first {@code count} of the given columns. */
    public void setSingles(int[] rowColumns, int count) {
        if (count > columns.length) {
            columns = new int[count];
            values = new float[count];
        }
        if (count + 1 > starts.length) {
            starts = new int[count + 1];
        }
        System.arraycopy(rowColumns, 0, columns, 0, count);
        Arrays.fill(values, 0, count, 1);
        for (int row = 0; row <= count; row++) {
            starts[row] = row;
        }
        rows = count;
        distinct = false;
    }

    /** The same of columns that all are different, so that nobody has to look for those that occur twice. */
    public void setDistinct(int[] rowColumns, int count) {
        setSingles(rowColumns, count);
        distinct = true;
    }

    private void reserve(int entries) {
        if (entries > columns.length) {
            int capacity = Math.max(entries, columns.length * 2);
            columns = Arrays.copyOf(columns, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        if (rows + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
    }
}
