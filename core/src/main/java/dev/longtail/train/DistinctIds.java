package dev.longtail.train;

import java.util.Arrays;

/**
 * The users or items of a batch, each once, in the order in which they first occur. A set over a fixed range that is
 * emptied at no cost (Briggs and Torczon 1993): what is known of an id counts only where the list points back to it.
 */
final class DistinctIds {

    private int[] latest;
    private final int[] ids;
    private final float[] times;
    private final int[] places;
    private int count;
    private int size;

    /**
     * @param objects ids are below it
     * @param batch ratings at most
     */
    DistinctIds(int objects, int batch) {
        this.latest = new int[objects];
        this.ids = new int[batch];
        this.times = new float[batch];
        this.places = new int[batch];
    }

    /** There are ids more. @param objects no fewer than before */
    void grow(int objects) {
        latest = Arrays.copyOf(latest, objects);
    }

    /** Takes the first ids of a batch. @param ratings how many */
    void collect(int[] batch, int ratings) {
        count = 0;
        size = ratings;
        for (int i = 0; i < size; i++) {
            int id = batch[i];
            int place = latest[id];
            if (place >= count || ids[place] != id) {
                place = count++;
                latest[id] = place;
                ids[place] = id;
                times[place] = 0;
            }
            times[place]++;
            places[i] = place;
        }
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

    /** How often the batch has the id at a place. */
    float times(int place) {
        return times[place];
    }

    /** The place of each rating's id, valid up to {@link #size}. */
    int[] places() {
        return places;
    }
}
