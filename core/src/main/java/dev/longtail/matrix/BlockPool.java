package dev.longtail.matrix;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Rows of sparse entries in blocks of a few sizes. Blocks that are given up are used again for rows that need the same
 * size; the arrays grow by half when no block is free.
 */
final class BlockPool implements Stateful {

    /** Entries in a block; a row of n takes the smallest with room for n. */
    private static final int[] SIZES = sizes();

    private final int[] starts;
    private final char[] lengths;
    private final byte[] sizes;
    private final IntArrayList[] free = new IntArrayList[SIZES.length];
    private int end;
    private int moments;
    private char[] columns = {};
    private float[] values = {};
    private float[] first = {};
    private float[] second = {};

    BlockPool(int rows) {
        starts = new int[rows];
        lengths = new char[rows];
        sizes = new byte[rows];
        Arrays.setAll(free, size -> new IntArrayList());
    }

    private static int[] sizes() {
        int[] sizes = new int[34];
        sizes[1] = 1;
        sizes[2] = 2;
        sizes[3] = 3;
        for (int i = 4; i < sizes.length; i++) {
            sizes[i] = sizes[i - 2] * 2; // 1 2 3 4 6 8 12 16 24 32 ...
        }
        return sizes;
    }

    int rows() {
        return starts.length;
    }

    int start(int row) {
        return starts[row];
    }

    int length(int row) {
        return lengths[row];
    }

    char[] columns() {
        return columns;
    }

    float[] values() {
        return values;
    }

    float[] first() {
        return first;
    }

    float[] second() {
        return second;
    }

    void moments(int count) {
        moments = count;
        first = new float[count > 0 ? values.length : 0];
        second = new float[count > 1 ? values.length : 0];
    }

    long bytes() {
        long perRow = Integer.BYTES + Character.BYTES + Byte.BYTES;
        long perEntry = Character.BYTES + (1L + moments) * Float.BYTES;
        return rows() * perRow + values.length * perEntry;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.ints(name + ".starts", starts);
        state.chars(name + ".lengths", lengths);
        state.bytes(name + ".sizes", sizes);
        end = (int) state.number(name + ".end", end);
        columns = state.resized(name + ".columns", columns);
        values = state.resized(name + ".values", values);
        first = state.resized(name + ".first", first);
        second = state.resized(name + ".second", second);
        for (int size = 0; size < free.length; size++) {
            free[size] = new IntArrayList(state.resized(name + ".free." + size, free[size].toIntArray()));
        }
    }

    /** Gives up the entries of a row whose value is 0. */
    void compact(int row) {
        int from = starts[row];
        int kept = from;
        for (int i = from; i < from + lengths[row]; i++) {
            if (values[i] != 0) {
                if (kept < i) {
                    move(i, kept, 1);
                }
                kept++;
            }
        }
        lengths[row] = (char) (kept - from);
        // a row that grows and shrinks by turns stays where it is
        if (SIZES[sizes[row]] > 2 * lengths[row] + 2) {
            relocate(row, lengths[row]);
        }
    }

    /** Merges new entries into a row. */
    void insert(int row, int[] newColumns, float[] newValues, int count) {
        int length = lengths[row];
        if (length + count > SIZES[sizes[row]]) {
            relocate(row, length + count);
        }
        int from = starts[row];
        int left = from + length - 1;
        for (int i = count - 1, to = from + length + count - 1; i >= 0; to--) {
            if (left >= from && columns[left] > newColumns[i]) {
                move(left--, to, 1);
            } else {
                set(to, newColumns[i], newValues[i]);
                i--;
            }
        }
        lengths[row] = (char) (length + count);
    }

    /** Gives an empty row the entries of a row of another pool, with what is kept beside them. */
    void take(int row, BlockPool other, int otherRow) {
        int count = other.lengths[otherRow];
        relocate(row, count);
        int from = other.starts[otherRow];
        int to = starts[row];
        System.arraycopy(other.columns, from, columns, to, count);
        System.arraycopy(other.values, from, values, to, count);
        if (moments > 0) {
            System.arraycopy(other.first, from, first, to, count);
        }
        if (moments > 1) {
            System.arraycopy(other.second, from, second, to, count);
        }
        lengths[row] = (char) count;
    }

    /** Lets two columns of a row change places. @param low the smaller one */
    void swap(int row, int low, int high) {
        int start = starts[row];
        int end = start + lengths[row];
        int left = Arrays.binarySearch(columns, start, end, (char) low);
        int right = Arrays.binarySearch(columns, start, end, (char) high);
        if (left >= 0 && right >= 0) {
            exchange(left, right);
        } else if (left >= 0) {
            rotate(left, -right - 2, 1, high);
        } else if (right >= 0) {
            rotate(right, -left - 1, -1, low);
        }
    }

    private void exchange(int left, int right) {
        for (float[] numbers : moments > 1
                ? new float[][] {values, first, second}
                : moments > 0 ? new float[][] {values, first} : new float[][] {values}) {
            float moved = numbers[left];
            numbers[left] = numbers[right];
            numbers[right] = moved;
        }
    }

    /** Carries an entry to another place of its row, past those between, and gives it another column. */
    private void rotate(int from, int to, int step, int column) {
        for (int place = from; place != to; place += step) {
            exchange(place, place + step);
            columns[place] = columns[place + step];
        }
        columns[to] = (char) column;
    }

    private void set(int place, int column, float value) {
        columns[place] = (char) column;
        values[place] = value;
        if (moments > 0) {
            first[place] = 0;
        }
        if (moments > 1) {
            second[place] = 0;
        }
    }

    private void relocate(int row, int entries) {
        byte size = sizeFor(entries);
        int from = starts[row];
        byte old = sizes[row];
        int to = allocate(size);
        move(from, to, lengths[row]);
        if (SIZES[old] > 0) {
            free[old].add(from);
        }
        starts[row] = to;
        sizes[row] = size;
    }

    private static byte sizeFor(int entries) {
        int found = Arrays.binarySearch(SIZES, entries);
        return (byte) (found >= 0 ? found : -found - 1);
    }

    private int allocate(byte size) {
        if (SIZES[size] == 0) {
            return 0;
        }
        if (!free[size].isEmpty()) {
            return free[size].popInt();
        }
        int start = end;
        reserve(Math.addExact(end, SIZES[size]));
        end += SIZES[size];
        return start;
    }

    private void reserve(int entries) {
        if (entries > values.length) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(entries, 16 + values.length * 3L / 2));
            columns = Arrays.copyOf(columns, capacity);
            values = Arrays.copyOf(values, capacity);
            first = moments > 0 ? Arrays.copyOf(first, capacity) : first;
            second = moments > 1 ? Arrays.copyOf(second, capacity) : second;
        }
    }

    private void move(int from, int to, int count) {
        System.arraycopy(columns, from, columns, to, count);
        System.arraycopy(values, from, values, to, count);
        if (moments > 0) {
            System.arraycopy(first, from, first, to, count);
        }
        if (moments > 1) {
            System.arraycopy(second, from, second, to, count);
        }
    }
}
