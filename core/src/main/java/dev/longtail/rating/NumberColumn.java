package dev.longtail.rating;

import dev.longtail.data.SplitMix64;

/**
 * A column of numbers of users or of items in as few bytes as the highest needs: two below 65,535, three below
 * 16,777,215, else four. Bytes lie in planes, the low two of all numbers in one array, the third and the fourth in
 * others, so that a copy of many numbers is a loop over arrays. {@link Ids#UNKNOWN} is stored as 0, a number n as
 * n + 1.
 */
final class NumberColumn {

    private static final byte[] NONE = {};
    private static final int LOW_BITS = Character.SIZE;
    private static final int THREE_BYTES = LOW_BITS + Byte.SIZE;
    private static final int BYTE = 0xff;

    private final int width;
    private final char[] low;
    private final byte[] third;
    private final byte[] fourth;

    /**
     * A column of {@link Ids#UNKNOWN}.
     *
     * @param size how many numbers it holds
     * @param bound all numbers are below it, at least 0
     */
    NumberColumn(int size, int bound) {
        width = bound < 1 << LOW_BITS ? Character.BYTES : bound < 1 << THREE_BYTES ? 3 : Integer.BYTES;
        low = new char[size];
        third = width < 3 ? NONE : new byte[size];
        fourth = width < Integer.BYTES ? NONE : new byte[size];
    }

    /** A column of the first {@code size} numbers of an array. */
    static NumberColumn of(int[] numbers, int size) {
        int bound = 0;
        for (int i = 0; i < size; i++) {
            bound = Math.max(bound, Math.addExact(numbers[i], 1));
        }
        NumberColumn column = new NumberColumn(size, bound);
        for (int i = 0; i < size; i++) {
            column.set(i, numbers[i]);
        }
        return column;
    }

    private NumberColumn(int width, char[] low, byte[] third, byte[] fourth) {
        this.width = width;
        this.low = low;
        this.third = third;
        this.fourth = fourth;
    }

    /** As many numbers of as many bytes, none set. */
    NumberColumn empty() {
        return new NumberColumn(width, new char[low.length], new byte[third.length], new byte[fourth.length]);
    }

    NumberColumn copy() {
        return new NumberColumn(width, low.clone(), third.clone(), fourth.clone());
    }

    int size() {
        return low.length;
    }

    /** Bytes of a number. */
    int width() {
        return width;
    }

    int get(int place) {
        int code = low[place];
        if (third.length > 0) {
            code |= (third[place] & BYTE) << LOW_BITS;
        }
        if (fourth.length > 0) {
            code |= (fourth[place] & BYTE) << THREE_BYTES;
        }
        return code - 1;
    }

    /**
     * Different threads may set different places.
     *
     * @param number {@link Ids#UNKNOWN} or below the bound
     * @throws IllegalArgumentException for one that the bytes cannot hold
     */
    void set(int place, int number) {
        int code = number + 1;
        if (code < 0 || (long) code >>> Byte.SIZE * width() != 0) {
            throw new IllegalArgumentException("the number " + number + " does not fit into " + width() + " bytes");
        }
        low[place] = (char) code;
        if (third.length > 0) {
            third[place] = (byte) (code >>> LOW_BITS);
        }
        if (fourth.length > 0) {
            fourth[place] = (byte) (code >>> THREE_BYTES);
        }
    }

    /** Lets two numbers change places. */
    void swap(int i, int j) {
        char moved = low[i];
        low[i] = low[j];
        low[j] = moved;
        if (third.length > 0) {
            RatingColumn.swap(third, i, j);
        }
        if (fourth.length > 0) {
            RatingColumn.swap(fourth, i, j);
        }
    }

    /** into[at + i] = the number at {@code from + i}, for {@code count} numbers. */
    void copyTo(int[] into, int at, int from, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = low[from + i] - 1;
        }
        addPlane(third, LOW_BITS, into, at, from, count);
        addPlane(fourth, THREE_BYTES, into, at, from, count);
    }

    private static void addPlane(byte[] plane, int shift, int[] into, int at, int from, int count) {
        for (int i = 0; i < count && plane.length > 0; i++) {
            into[at + i] += (plane[from + i] & BYTE) << shift;
        }
    }

    /** Brings the numbers into the order of {@link RatingColumn#shuffle} with the same seed, plane after plane. */
    void shuffle(long seed) {
        SplitMix64 random = new SplitMix64(seed, 0);
        for (int i = low.length - 1; i > 0; i--) {
            int j = random.next(i + 1);
            char moved = low[i];
            low[i] = low[j];
            low[j] = moved;
        }
        RatingColumn.shuffle(third, seed);
        RatingColumn.shuffle(fourth, seed);
    }
}
