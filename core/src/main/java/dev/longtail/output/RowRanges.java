package dev.longtail.output;

import java.util.Arrays;

/** Rows of an output layer as disjoint ranges in ascending order; a buffer that is filled again for each step. */
public final class RowRanges {

    private int[] bounds = new int[64];
    private int count;

    /** Every row. */
    public static RowRanges all() {
        RowRanges all = new RowRanges();
        all.add(0, Integer.MAX_VALUE);
        return all;
    }

    /** Forgets all ranges. */
    public void clear() {
        count = 0;
    }

    /** Appends the rows {@code [first, end)}; ranges come in ascending order, and those that touch become one. */
    public void add(int first, int end) {
        if (count > 0 && first < first(count - 1)) {
            throw new IllegalArgumentException("a range from " + first + " comes after one from " + first(count - 1));
        }
        if (count > 0 && first <= end(count - 1)) {
            bounds[2 * count - 1] = Math.max(end, bounds[2 * count - 1]);
            return;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = first;
        bounds[2 * count + 1] = end;
        count++;
    }

    /** Number of ranges. */
    public int count() {
        return count;
    }

    /** First row of a range. */
    public int first(int range) {
        return bounds[2 * range];
    }

    /** End of a range, exclusive. */
    public int end(int range) {
        return bounds[2 * range + 1];
    }

    /** The first range that ends behind a row, or {@link #count} when there is none. */
    public int from(int row) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether a row is in a range. */
    public boolean contains(int row) {
        int range = from(row);
        return range < count && first(range) <= row;
    }
}
