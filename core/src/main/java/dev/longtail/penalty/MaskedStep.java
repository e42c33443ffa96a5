package dev.longtail.penalty;

import dev.longtail.relation.FreeEntries;

/**
 * The proximal step that leaves related pairs of object and anchor alone: line 7 of Algorithm 1 of Liang et al. (ICLR
 * 2021), T = max((T - t) S + T (1 - S), 0) by coordinates. That is max(T - t S, 0): free coordinates, those of 1 -
 * S(G),
 * have the threshold 0.
 */
public final class MaskedStep {

    private final FreeEntries free;

    /** @param free what the penalty leaves alone */
    public MaskedStep(FreeEntries free) {
        this.free = free;
    }

    /** Number of objects. */
    public int objects() {
        return free.objects();
    }

    /**
     * The masked step on a row that is stored with its zeros: max(w, 0) where the entry is free, max(w - t, 0)
     * elsewhere.
     *
     * @param row array that holds coordinates 0 to n - 1 from {@code offset} on
     * @param threshold t, at least 0
     * @return how many coordinates are not 0 afterwards
     */
    public int nonNegativeSoft(int object, float[] row, int offset, int n, float threshold) {
        int[] ids = free.anchors();
        int nonZeros = 0;
        int from = 0;
        for (int at = free.start(object); at < free.start(object + 1) && ids[at] < n; at++) {
            nonZeros += Proximal.nonNegativeSoft(row, offset + from, ids[at] - from, threshold);
            nonZeros += Proximal.nonNegative(row, offset + ids[at], 1);
            from = ids[at] + 1;
        }
        return nonZeros + Proximal.nonNegativeSoft(row, offset + from, n - from, threshold);
    }

    /**
     * Sets the thresholds of a row's free coordinates to 0, for a row that is stored with its zeros; for {@link
     * Proximal}'s operators with a threshold for each number.
     *
     * @param thresholds float[n] or longer, of coordinates 0 to n - 1
     */
    public void release(int object, float[] thresholds, int n) {
        int[] ids = free.anchors();
        for (int at = free.start(object); at < free.start(object + 1) && ids[at] < n; at++) {
            thresholds[ids[at]] = 0;
        }
    }

    /**
     * The same for a row of which only some coordinates are stored.
     *
     * @param coordinates array that holds the stored ones, ascending, from {@code offset} on
     * @param n how many are stored
     * @param thresholds float[n] or longer, thresholds[i] of coordinates[offset + i]
     */
    public void release(int object, int[] coordinates, int offset, int n, float[] thresholds) {
        int[] ids = free.anchors();
        int at = free.start(object);
        int end = free.start(object + 1);
        for (int i = 0; i < n && at < end; i++) {
            while (at < end && ids[at] < coordinates[offset + i]) {
                at++;
            }
            if (at < end && ids[at] == coordinates[offset + i]) {
                thresholds[i] = 0;
            }
        }
    }
}
