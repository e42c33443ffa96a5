package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.Arrays;

/** Counts how many labels of exact rankings an approximate search finds: recall against exact search, not truth. */
public final class SearchRecall {

    private final int[] cutoffs;
    private final long[] found;
    private final long[] asked;

    /** @param cutoffs the k of recall@k, each at least 1 */
    public SearchRecall(int... cutoffs) {
        this.cutoffs = Arrays.stream(cutoffs).sorted().distinct().toArray();
        Require.that(this.cutoffs.length > 0, "cutoffs", "at least one", 0);
        Require.that(this.cutoffs[0] >= 1, "cutoffs", "at least 1", this.cutoffs[0]);
        this.found = new long[this.cutoffs.length];
        this.asked = new long[this.cutoffs.length];
    }

    /** The k, ascending. */
    public int[] cutoffs() {
        return cutoffs.clone();
    }

    /**
     * Adds one example.
     *
     * @param exact labels by exact search, distinct, best first, in the first {@code exactCount} entries
     * @param approximate the same by the search that is measured
     */
    public void add(int[] exact, int exactCount, int[] approximate, int approximateCount) {
        for (int c = 0; c < cutoffs.length; c++) {
            int wanted = Math.min(cutoffs[c], exactCount);
            int have = Math.min(cutoffs[c], approximateCount);
            asked[c] += wanted;
            for (int i = 0; i < wanted; i++) {
                found[c] += contains(approximate, have, exact[i]) ? 1 : 0;
            }
        }
    }

    private static boolean contains(int[] labels, int count, int label) {
        for (int i = 0; i < count; i++) {
            if (labels[i] == label) {
                return true;
            }
        }
        return false;
    }

    /**
     * Share of the exact top-k that was found in the approximate top-k, in [0, 1]; 1 when nothing was asked.
     *
     * @throws IllegalArgumentException when {@code k} is none of the cutoffs
     */
    public double at(int k) {
        int c = Arrays.binarySearch(cutoffs, k);
        if (c < 0) {
            throw new IllegalArgumentException("k must be one of " + Arrays.toString(cutoffs) + ", got " + k);
        }
        return asked[c] == 0 ? 1 : (double) found[c] / asked[c];
    }
}
