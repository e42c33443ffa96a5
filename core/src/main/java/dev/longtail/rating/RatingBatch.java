package dev.longtail.rating;

import dev.longtail.config.Require;

/** Some ratings in three short arrays, a buffer that is filled again for each step. */
public final class RatingBatch {

    private final int[] users;
    private final int[] items;
    private final float[] ratings;
    private int size;

    /** @param capacity ratings that it can hold, at least 1 */
    public RatingBatch(int capacity) {
        Require.that(capacity >= 1, "capacity", "at least 1", capacity);
        users = new int[capacity];
        items = new int[capacity];
        ratings = new float[capacity];
    }

    /** Ratings that it can hold. */
    public int capacity() {
        return users.length;
    }

    /** Ratings that it holds. */
    public int size() {
        return size;
    }

    /** Users of the ratings, valid up to {@link #size()}. */
    public int[] users() {
        return users;
    }

    /** Items of the ratings, valid up to {@link #size()}. */
    public int[] items() {
        return items;
    }

    /** The ratings, valid up to {@link #size()}. */
    public float[] ratings() {
        return ratings;
    }

    /** Empties the batch. */
    public void clear() {
        size = 0;
    }

    /** Appends one rating. */
    public void add(int user, int item, float rating) {
        users[size] = user;
        items[size] = item;
        ratings[size++] = rating;
    }

    /** Appends ratings {@code from} to {@code from + count - 1} of a set. */
    public void add(RatingSet set, int from, int count) {
        set.copyTo(this, from, count);
        size += count;
    }
}
