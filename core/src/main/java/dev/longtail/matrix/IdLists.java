package dev.longtail.matrix;

import java.util.Arrays;

/**
 * Lists of ids, one for each row: row r holds {@code ids()[start(r) .. start(r + 1))}. Filled once and then only read,
 * by any number of threads. Takes 4 bytes an id and 4 a row.
 */
public final class IdLists {

    private int[] starts;
    private int[] ids;
    private int rows;

    /** @param idsARow how many ids a row is expected to have; more or fewer are no error */
    public IdLists(int expectedRows, int idsARow) {
        starts = new int[expectedRows + 1];
        ids = new int[(int) Math.min(Integer.MAX_VALUE - 8L, Math.max(16L, (long) expectedRows * idsARow))];
    }

    IdLists(int[] starts, int[] ids) {
        this.starts = starts;
        this.ids = ids;
        this.rows = starts.length - 1;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** First id of a row; {@code start(rows())} is the number of ids. */
    public int start(int row) {
        return starts[row];
    }

    /** All ids, the live array, valid up to {@code start(rows())}. */
    public int[] ids() {
        return ids;
    }

    /**
     * Appends a row with the first {@code count} of the given ids.
     *
     * @throws ArithmeticException when there are 2^31 ids or more
     */
    public void add(int[] rowIds, int count) {
        int start = starts[rows];
        int end = Math.addExact(start, count);
        if (end > ids.length) {
            ids = Arrays.copyOf(ids, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, ids.length * 3L / 2)));
        }
        if (rows + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length + starts.length / 2 + 1);
        }
        System.arraycopy(rowIds, 0, ids, start, count);
        starts[++rows] = end;
    }

    /** The rows of each id from {@code first} to {@code end}, ascending: list i is that of id {@code first + i}. */
    public IdLists inverse(int first, int end) {
        int[] places = new int[end - first + 1];
        for (int at = 0; at < starts[rows]; at++) {
            if (ids[at] >= first && ids[at] < end) {
                places[ids[at] - first + 1]++;
            }
        }
        Arrays.parallelPrefix(places, Math::addExact);
        int[] next = places.clone();
        int[] inverse = new int[places[end - first]];
        for (int row = 0; row < rows; row++) {
            for (int at = starts[row]; at < starts[row + 1]; at++) {
                if (ids[at] >= first && ids[at] < end) {
                    inverse[next[ids[at] - first]++] = row;
                }
            }
        }
        return new IdLists(places, inverse);
    }
}
