package dev.longtail.matrix;

import dev.longtail.config.Require;
import java.util.Arrays;

/**
 * At most so many ids for each row, set in any order. An id below 65,535 takes 2 bytes, others make all of them take 4.
 */
public final class FewIds implements Stateful {

    private static final int NONE = Character.MAX_VALUE;

    private final int rows;
    private final int width;
    private final char[] narrow;
    private final int[] wide;

    /**
     * Rows without ids.
     *
     * @param width most ids of a row, at least 1
     * @param bound end of the ids, exclusive
     */
    public FewIds(int rows, int width, int bound) {
        Require.that(
                width >= 1 && (long) rows * width < Integer.MAX_VALUE - 8,
                "ids of " + rows + " rows, " + width + " each",
                "fewer than 2^31 in all, at least 1 each",
                (long) rows * width);
        this.rows = rows;
        this.width = width;
        boolean few = bound <= NONE;
        this.narrow = new char[few ? rows * width : 0];
        this.wide = new int[few ? 0 : rows * width];
        Arrays.fill(narrow, (char) NONE);
        Arrays.fill(wide, -1);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.chars(name + ".narrow", narrow);
        state.ints(name + ".wide", wide);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Sets the first ids of a row; different threads may set different rows. */
    public void set(int row, int[] ids, int count) {
        int first = row * width;
        for (int i = 0; i < count; i++) {
            if (narrow.length > 0) {
                narrow[first + i] = (char) ids[i];
            } else {
                wide[first + i] = ids[i];
            }
        }
    }

    /** Most ids of a row. */
    public int width() {
        return width;
    }

    /** The id at a place of a row, -1 where there is none. */
    public int get(int row, int place) {
        return at(row * width + place);
    }

    /** The id at a place of all rows, -1 where there is none. */
    private int at(int place) {
        if (narrow.length == 0) {
            return wide[place];
        }
        return narrow[place] == NONE ? -1 : narrow[place];
    }

    /** How often each id occurs, int[bound]. */
    public int[] counts(int bound) {
        int[] counts = new int[bound];
        for (int place = 0; place < rows * width; place++) {
            int id = at(place);
            if (id >= 0) {
                counts[id]++;
            }
        }
        return counts;
    }

    /** The rows of each id from {@code first} to {@code end}, ascending: list i is that of id {@code first + i}. */
    public IdLists inverse(int first, int end) {
        int[] starts = new int[end - first + 1];
        for (int place = 0; place < rows * width; place++) {
            int id = at(place);
            if (id >= first && id < end) {
                starts[id - first + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Math::addExact);
        int[] next = starts.clone();
        int[] inverse = new int[starts[end - first]];
        for (int place = 0; place < rows * width; place++) {
            int id = at(place);
            if (id >= first && id < end) {
                inverse[next[id - first]++] = place / width;
            }
        }
        return new IdLists(starts, inverse);
    }
}
