package dev.longtail.relation;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/** Chooses the pairs that are among the strongest of one of their objects. */
final class StrongPairs {

    private StrongPairs() {}

    /**
     * Moves the chosen pairs to the front, in their order.
     *
     * @param pairs of different objects, ascending, the first {@code size} entries
     * @param strengths of the pairs
     * @param most pairs that each object chooses
     * @return how many were chosen
     */
    static int keep(long[] pairs, float[] strengths, int size, int most) {
        int[] byStrength = new int[size];
        Arrays.setAll(byStrength, at -> at);
        IntArrays.quickSort(byStrength, 0, size, (a, b) -> {
            int stronger = Float.compare(strengths[b], strengths[a]);
            return stronger != 0 ? stronger : Integer.compare(a, b);
        });
        int objects = 0;
        for (int at = 0; at < size; at++) {
            objects = Math.max(objects, Neighbours.second(pairs[at]) + 1);
        }
        int[] chosen = new int[objects];
        boolean[] kept = new boolean[size];
        for (int at : byStrength) {
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
