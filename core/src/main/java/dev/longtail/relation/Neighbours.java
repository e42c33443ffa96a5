package dev.longtail.relation;

import java.util.Arrays;

/**
 * Pairs of different objects as a list of neighbours for each, in CSR form: object u is in a pair with each of
 * {@code ids()[start(u) .. start(u + 1))}, ascending and distinct. A pair stands in the lists of both of its objects.
 * Takes 8 bytes a pair, and 4 an object where there is a pair. Frozen: any thread may use it.
 */
public final class Neighbours {

    /** One start for each object and one for the end; a single one where no object has a neighbour. */
    private final int[] starts;

    private final int[] ids;

    private Neighbours(int[] starts, int[] ids) {
        this.starts = starts;
        this.ids = ids;
    }

    /**
     * The lists of some pairs.
     *
     * @param pairs the smaller object in the upper half, the larger in the lower; the first {@code count} entries are
     *              read, ascending and distinct
     * @throws ArithmeticException when there are 2^30 pairs or more
     */
    static Neighbours of(int objects, long[] pairs, int count) {
        if (count == 0) {
            return new Neighbours(new int[1], new int[0]);
        }
        int[] starts = new int[objects + 1];
        for (int i = 0; i < count; i++) {
            starts[first(pairs[i]) + 1]++;
            starts[second(pairs[i]) + 1]++;
        }
        for (int object = 0; object < objects; object++) {
            starts[object + 1] = Math.addExact(starts[object], starts[object + 1]);
        }
        int[] next = starts.clone();
        int[] ids = new int[starts[objects]];
        // Pairs ascend, so an object meets its smaller neighbours, in order, before its larger ones, in order.
        for (int i = 0; i < count; i++) {
            ids[next[first(pairs[i])]++] = second(pairs[i]);
            ids[next[second(pairs[i])]++] = first(pairs[i]);
        }
        return new Neighbours(starts, ids);
    }

    /** A pair of different objects as one number that does not depend on their order. */
    static long pair(int u, int v) {
        return (long) Math.min(u, v) << 32 | Math.max(u, v);
    }

    static int first(long pair) {
        return (int) (pair >>> 32);
    }

    static int second(long pair) {
        return (int) pair;
    }

    /** Place of an object's first neighbour; {@code start(objects)} is the number of places. */
    public int start(int object) {
        return starts.length == 1 ? 0 : starts[object];
    }

    /** All neighbours, the live array, valid up to {@code start(objects)}. */
    public int[] ids() {
        return ids;
    }

    /** Number of neighbours of an object. */
    public int count(int object) {
        return starts.length == 1 ? 0 : starts[object + 1] - starts[object];
    }

    /** Number of pairs; (u, v) and (v, u) are one. */
    public int pairs() {
        return ids.length / 2;
    }

    /** Whether the two objects are a pair. */
    public boolean contains(int u, int v) {
        // In the shorter list, since a frequent object may have very many neighbours.
        int object = count(u) <= count(v) ? u : v;
        return Arrays.binarySearch(ids, start(object), start(object) + count(object), u + v - object) >= 0;
    }

    /** Calls with every pair once, the smaller object first, ascending. */
    public void forEach(PairConsumer consumer) {
        for (int u = 0; u + 1 < starts.length; u++) {
            for (int at = starts[u]; at < starts[u + 1]; at++) {
                if (ids[at] > u) {
                    consumer.accept(u, ids[at]);
                }
            }
        }
    }

    /** Takes a pair of objects. */
    @FunctionalInterface
    public interface PairConsumer {

        void accept(int u, int v);
    }
}
