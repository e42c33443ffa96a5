package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.data.SplitMix64;

/**
 * Ratings in flat arrays, twelve bytes each: number of the user, number of the item, rating. Frozen. Of a user or an
 * item that the training ratings do not hold the number is {@link Ids#UNKNOWN}. A user may have rated an item more than
 * once; these are so many ratings.
 */
public final class RatingSet {

    private final int[] users;
    private final int[] items;
    private final float[] ratings;
    private final boolean shuffled;

    /** Takes over the arrays. */
    RatingSet(int[] users, int[] items, float[] ratings, boolean shuffled) {
        this.users = users;
        this.items = items;
        this.ratings = ratings;
        this.shuffled = shuffled;
    }

    /**
     * Ratings of arrays of the same length, which are copied.
     *
     * @throws IllegalArgumentException when lengths differ or a rating is not finite
     */
    public static RatingSet of(int[] users, int[] items, float[] ratings) {
        Require.that(
                items.length == users.length && ratings.length == users.length,
                "items and ratings",
                "as many as users, " + users.length,
                items.length + " and " + ratings.length);
        for (float rating : ratings) {
            Require.that(Float.isFinite(rating), "a rating", "finite", rating);
        }
        return new RatingSet(users.clone(), items.clone(), ratings.clone(), false);
    }

    /**
     * Ratings of arrays of the same length, which are taken over: they must not change any more.
     *
     * @param shuffled whether their order is a random one
     * @throws IllegalArgumentException when lengths differ
     */
    public static RatingSet owning(int[] users, int[] items, float[] ratings, boolean shuffled) {
        Require.that(
                items.length == users.length && ratings.length == users.length,
                "items and ratings",
                "as many as users, " + users.length,
                items.length + " and " + ratings.length);
        return new RatingSet(users, items, ratings, shuffled);
    }

    public int size() {
        return users.length;
    }

    public int user(int rating) {
        return users[rating];
    }

    public int item(int rating) {
        return items[rating];
    }

    public float rating(int rating) {
        return ratings[rating];
    }

    /** Whether the ratings stand in an order drawn at random. */
    public boolean isShuffled() {
        return shuffled;
    }

    /** The same ratings in an order that the seed draws; a copy. */
    public RatingSet shuffled(long seed) {
        RatingSet copy = new RatingSet(users.clone(), items.clone(), ratings.clone(), true);
        copy.shuffle(seed);
        return copy;
    }

    /** Arithmetic mean of the ratings, 0 of none. */
    public double mean() {
        double sum = 0;
        for (float rating : ratings) {
            sum += rating;
        }
        return size() == 0 ? 0 : sum / size();
    }

    /** The lowest rating, infinite of none. */
    public float lowest() {
        float lowest = Float.POSITIVE_INFINITY;
        for (float rating : ratings) {
            lowest = Math.min(lowest, rating);
        }
        return lowest;
    }

    /** The highest rating, minus infinite of none. */
    public float highest() {
        float highest = Float.NEGATIVE_INFINITY;
        for (float rating : ratings) {
            highest = Math.max(highest, rating);
        }
        return highest;
    }

    /** These ratings brought into random order without a copy: this set must not be used any more. */
    RatingSet shuffledInPlace(long seed) {
        shuffle(seed);
        return new RatingSet(users, items, ratings, true);
    }

    /** Appends {@code count} ratings from {@code from} on to a batch. */
    void copyTo(RatingBatch batch, int from, int count) {
        System.arraycopy(users, from, batch.users(), batch.size(), count);
        System.arraycopy(items, from, batch.items(), batch.size(), count);
        System.arraycopy(ratings, from, batch.ratings(), batch.size(), count);
    }

    // Array by array, each with the same random numbers, so that one array at a time is in the caches.
    private void shuffle(long seed) {
        shuffle(users, seed);
        shuffle(items, seed);
        SplitMix64 random = new SplitMix64(seed, 0);
        for (int i = ratings.length - 1; i > 0; i--) {
            int j = random.next(i + 1);
            float moved = ratings[i];
            ratings[i] = ratings[j];
            ratings[j] = moved;
        }
    }

    private static void shuffle(int[] values, long seed) {
        SplitMix64 random = new SplitMix64(seed, 0);
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.next(i + 1);
            int moved = values[i];
            values[i] = values[j];
            values[j] = moved;
        }
    }
}
