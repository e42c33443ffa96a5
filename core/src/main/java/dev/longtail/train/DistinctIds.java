package dev.longtail.train;

import java.util.Arrays;

/**
 * Finds the users or items of a batch, each once, in the order in which they first occur. A set over a fixed range that
 * is emptied at no cost (Briggs and Torczon 1993): what is known of an id counts only where the list points back to it.
 */
final class DistinctIds {

    private int[] latest;

    /** Those of one batch. */
    static final class Found {

        private final int[] ids;
        private final float[] times;
        private final int[] places;
        private int count;
        private int size;

        /** @param batch ratings at most */
        Found(int batch) {
            this.ids = new int[batch];
            this.times = new float[batch];
            this.places = new int[batch];
        }

        /** Number of ratings. */
        int size() {
            return size;
        }

        /** Number of different ids. */
        int count() {
            return count;
        }

        /** The ids, valid up to {@link #count}. */
        int[] ids() {
            return ids;
        }

        /** How often the batch has each of them, valid up to {@link #count}. */
        float[] times() {
            return times;
        }

        /** The place of each rating's id, valid up to {@link #size}. */
        int[] places() {
            return places;
        }
    }

    /** @param objects ids are below it */
    DistinctIds(int objects) {
        this.latest = new int[objects];
    }

    /** There are ids more. @param objects no fewer than before */
    void grow(int objects) {
        latest = Arrays.copyOf(latest, objects);
    }

    /** Takes the first ids of a batch. @param ratings how many */
    void collect(int[] batch, int ratings, Found found) {
        int[] ids = found.ids;
        int count = 0;
        for (int i = 0; i < ratings; i++) {
            int id = batch[i];
            int place = latest[id];
            if (place >= count || ids[place] != id) {
                place = count++;
                latest[id] = place;
                ids[place] = id;
                found.times[place] = 0;
            }
            found.times[place]++;
            found.places[i] = place;
        }
        found.count = count;
        found.size = ratings;
    }
}
