package dev.longtail.relation;

import java.util.Arrays;

/** Chooses the pairs that are among the strongest of one of their objects. */
final class StrongPairs {

    private StrongPairs() {}

    /**
     * Moves the chosen pairs to the front, in their order.
     *
     * @param pairs of different objects, ascending, the first {@code size} entries
     * @param strengths of the pairs, at least 0
     * @param most pairs that each object chooses
     * @return how many were chosen
     */
    static int keep(long[] pairs, float[] strengths, int size, int most) {
        long[] byStrength = new long[size];
        for (int at = 0; at < size; at++) {
            // The bits of a float that is not negative ascend with it.
            byStrength[at] = (long) (Integer.MAX_VALUE - Float.floatToIntBits(strengths[at])) << 32 | at;
        }
        Arrays.sort(byStrength);
        int objects = 0;
        for (int at = 0; at < size; at++) {
            objects = Math.max(objects, Neighbours.second(pairs[at]) + 1);
        }
        int[] chosen = new int[objects];
        boolean[] kept = new boolean[size];
        for (long strong : byStrength) {
            int at = (int) strong;
            int u = Neighbours.first(pairs[at]);
            int v = Neighbours.second(pairs[at]);
            kept[at] = chosen[u] < most || chosen[v] < most;
            chosen[u]++;
            chosen[v]++;
        }
        int left = 0;
        for (int at = 0; at < size; at++) {
            if (kept[at]) {
                pairs[left++] = pairs[at];
            }
        }
        return left;
    }
}
