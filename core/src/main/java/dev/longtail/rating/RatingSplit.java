package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * Which of some ratings, numbered from 0, are held out: the set bits. All ways repeat for the same ratings and seed.
 */
public final class RatingSplit {

    // Apart from the streams of epochs, which are numbered from 0.
    private static final long HELD_OUT = -1;

    private RatingSplit() {}

    /**
     * About the given share, drawn at random: whether a rating is held out depends on the seed and its number only.
     *
     * @param share from 0 to below 1
     */
    public static BitSet random(int size, double share, long seed) {
        Require.that(share >= 0 && share < 1, "share", "at least 0 and below 1", share);
        long below = (long) (share * 0x1p63);
        BitSet heldOut = new BitSet(size);
        for (int i = 0; i < size; i++) {
            if (RandomStream.key(seed, HELD_OUT, i) >>> 1 < below) {
                heldOut.set(i);
            }
        }
        return heldOut;
    }

    /**
     * The last ones in time, the given share of all, rounded down; of ratings of the same time those that stand last.
     *
     * @param share from 0 to below 1
     */
    public static BitSet lastInTime(int size, IntToLongFunction time, double share) {
        Require.that(share >= 0 && share < 1, "share", "at least 0 and below 1", share);
        BitSet heldOut = new BitSet(size);
        int count = (int) (share * size);
        if (count == 0) {
            return heldOut;
        }
        long[] sorted = new long[size];
        Arrays.setAll(sorted, time::applyAsLong);
        Arrays.sort(sorted);
        long first = sorted[size - count];
        int later = size;
        while (later > 0 && sorted[later - 1] > first) {
            later--;
        }
        int ofFirst = count - (size - later);
        for (int i = size - 1; i >= 0; i--) {
            long at = time.applyAsLong(i);
            if (at > first || at == first && ofFirst-- > 0) {
                heldOut.set(i);
            }
        }
        return heldOut;
    }

    /**
     * The last ones in time of each user; of those of the same time the ones that stand last. A user keeps at least one
     * rating, so with fewer than two nothing is held out.
     *
     * @param users number of users
     * @param count of each user, at least 1
     */
    public static BitSet lastOfEachUser(int size, IntUnaryOperator user, int users, IntToLongFunction time, int count) {
        Require.that(count >= 1, "count", "at least 1", count);
        int[] ends = new int[users + 1];
        for (int i = 0; i < size; i++) {
            ends[user.applyAsInt(i) + 1]++;
        }
        for (int u = 0; u < users; u++) {
            ends[u + 1] += ends[u];
        }
        int[] next = Arrays.copyOf(ends, users);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[user.applyAsInt(i)]++] = i;
        }
        BitSet heldOut = new BitSet(size);
        for (int u = 0; u < users; u++) {
            int end = ends[u + 1];
            IntArrays.mergeSort(order, ends[u], end, (a, b) -> Long.compare(time.applyAsLong(a), time.applyAsLong(b)));
            for (int i = Math.max(ends[u] + 1, end - count); i < end; i++) {
                heldOut.set(order[i]);
            }
        }
        return heldOut;
    }
}
