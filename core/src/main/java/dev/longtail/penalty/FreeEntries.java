package dev.longtail.penalty;

import dev.longtail.config.Require;
import dev.longtail.matrix.IdLists;

/**
 * The entries of T that the penalty leaves alone: 1 - S(G), where S(G) is 0 for related pairs of an object and an
 * anchor and 1 for all others (eq. 32 and Appendix F of Liang et al., ICLR 2021). S(G) is nearly full, so its
 * complement is what is kept: 4 bytes for each related pair and 4 for each object.
 *
 * <p>The step of line 7 of Algorithm 1, T = max((T - t) S + T (1 - S), 0) by coordinates, is max(T - t S, 0): free
 * coordinates have the threshold 0.
 */
public final class FreeEntries {

    private final IdLists anchors;

    /**
     * Checks and takes the lists; they must not change any more.
     *
     * @param anchors for each object the anchors it is related to, ascending
     */
    public FreeEntries(IdLists anchors) {
        int[] ids = anchors.ids();
        for (int object = 0; object < anchors.rows(); object++) {
            int previous = -1;
            for (int at = anchors.start(object); at < anchors.start(object + 1); at++) {
                Require.that(
                        ids[at] > previous,
                        "anchors related to object " + object,
                        "ascending and distinct, from 0",
                        ids[at] + " after " + previous);
                previous = ids[at];
            }
        }
        this.anchors = anchors;
    }

    /** Number of objects. */
    public int objects() {
        return anchors.rows();
    }

    /** Number of free entries. */
    public int size() {
        return anchors.start(anchors.rows());
    }

    /** Whether an entry is free. */
    public boolean isFree(int object, int anchor) {
        int[] ids = anchors.ids();
        for (int at = anchors.start(object); at < anchors.start(object + 1) && ids[at] <= anchor; at++) {
            if (ids[at] == anchor) {
                return true;
            }
        }
        return false;
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
        int[] ids = anchors.ids();
        int nonZeros = 0;
        int from = 0;
        for (int at = anchors.start(object); at < anchors.start(object + 1) && ids[at] < n; at++) {
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
        int[] ids = anchors.ids();
        for (int at = anchors.start(object); at < anchors.start(object + 1) && ids[at] < n; at++) {
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
        int[] ids = anchors.ids();
        int at = anchors.start(object);
        int end = anchors.start(object + 1);
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
