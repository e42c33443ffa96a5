package dev.longtail.output;

import java.util.Arrays;

/** The labels that the examples of a batch carry, sorted by label; a buffer that is filled again for each step. */
public final class Positives {

    private long[] pairs = new long[256];
    private int size;

    /** Forgets all pairs. */
    public void clear() {
        size = 0;
    }

    /** Notes that an example of the batch carries a label. */
    public void add(int label, int example) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        pairs[size++] = (long) label << 32 | example;
    }

    /** Sorts the pairs by label, then example; to be called once all are there. */
    public void sort() {
        Arrays.sort(pairs, 0, size);
    }

    /** Number of pairs. */
    public int size() {
        return size;
    }

    /** Number of the first pair whose label is at least {@code label}. */
    public int firstFrom(int label) {
        int found = Arrays.binarySearch(pairs, 0, size, (long) label << 32);
        return found >= 0 ? found : -found - 1;
    }

    /** The first pair from {@code pair} on that is not of {@code label}. */
    public int end(int pair, int label) {
        int end = pair;
        while (end < size && label(end) == label) {
            end++;
        }
        return end;
    }

    /** Label of a pair. */
    public int label(int pair) {
        return (int) (pairs[pair] >>> 32);
    }

    /** Example of a pair. */
    public int example(int pair) {
        return (int) pairs[pair];
    }
}
