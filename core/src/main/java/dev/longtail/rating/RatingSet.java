package dev.longtail.rating;

import dev.longtail.config.Require;

/**
 * Ratings in flat columns, as few bytes each as their users, items and values need, six for stars of up to 65 thousand
 * items and 16 million users: number of the user, number of the item, rating. Frozen. Of a user or an item that the
 * training ratings do not hold the number is {@link Ids#UNKNOWN}. A user may have rated an item more than once; these
 * are so many ratings.
 */
public final class RatingSet {

    private final NumberColumn users;
    private final NumberColumn items;
    private final RatingColumn ratings;
    private final boolean shuffled;
    private final Groups groups;

    /**
     * Groups that follow one another.
     *
     * @param starts where they begin, and the end of the last one
     * @param inRow how many have the same users, and numbers in a row
     */
    private record Groups(int[] starts, int inRow) {}

    /** Takes over the columns. */
    RatingSet(NumberColumn users, NumberColumn items, RatingColumn ratings, boolean shuffled) {
        this(users, items, ratings, shuffled, new Groups(new int[] {0, users.size()}, 1));
    }

    private RatingSet(NumberColumn users, NumberColumn items, RatingColumn ratings, boolean shuffled, Groups groups) {
        this.users = users;
        this.items = items;
        this.ratings = ratings;
        this.shuffled = shuffled;
        this.groups = groups;
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
        return of(users, items, ratings, users.length);
    }

    /** The first {@code size} ratings of arrays, which are copied. */
    static RatingSet of(int[] users, int[] items, float[] ratings, int size) {
        return new RatingSet(
                NumberColumn.of(users, size), NumberColumn.of(items, size), RatingColumn.of(ratings, size), false);
    }

    /**
     * Ratings that are set one by one, in any order and by several threads at once.
     *
     * @param size how many there are
     * @param users numbers of users are below it
     * @param items numbers of items are below it
     * @param scale the different ratings
     */
    public static Filling filling(int size, int users, int items, float[] scale) {
        return new Filling(new NumberColumn(size, users), new NumberColumn(size, items), new RatingColumn(size, scale));
    }

    /** Columns that are not yet full. */
    public static final class Filling {

        private final NumberColumn users;
        private final NumberColumn items;
        private final RatingColumn ratings;

        private Filling(NumberColumn users, NumberColumn items, RatingColumn ratings) {
            this.users = users;
            this.items = items;
            this.ratings = ratings;
        }

        /**
         * Sets a rating; different threads may set different ones.
         *
         * @throws IllegalArgumentException for numbers above their bounds or a rating that is not on the scale
         */
        public void set(int place, int user, int item, float rating) {
            users.set(place, user);
            items.set(place, item);
            ratings.set(place, rating);
        }

        /**
         * The ratings; nothing must be set from now on.
         *
         * @param shuffled whether their order is a random one
         */
        public RatingSet set(boolean shuffled) {
            return new RatingSet(users, items, ratings, shuffled);
        }
    }

    public int size() {
        return users.size();
    }

    /** Bytes that a rating takes. */
    public int bytesEach() {
        return users.width() + items.width() + ratings.width();
    }

    /** Bytes of them that the rating itself takes, without its user and its item. */
    public int ratingBytes() {
        return ratings.width();
    }

    public int user(int rating) {
        return users.get(rating);
    }

    public int item(int rating) {
        return items.get(rating);
    }

    public float rating(int rating) {
        return ratings.get(rating);
    }

    /** Whether the ratings stand in an order drawn at random. */
    public boolean isShuffled() {
        return shuffled;
    }

    /** The same ratings in an order that the seed draws; a copy. */
    public RatingSet shuffled(long seed) {
        RatingSet copy = new RatingSet(users.copy(), items.copy(), ratings.copy(), true);
        copy.shuffle(seed);
        return copy;
    }

    /** Arithmetic mean of the ratings, 0 of none. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += rating(i);
        }
        return size() == 0 ? 0 : sum / size();
    }

    /** The lowest rating, infinite of none. */
    public float lowest() {
        float lowest = Float.POSITIVE_INFINITY;
        for (int i = 0; i < size(); i++) {
            lowest = Math.min(lowest, rating(i));
        }
        return lowest;
    }

    /** The highest rating, minus infinite of none. */
    public float highest() {
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < size(); i++) {
            highest = Math.max(highest, rating(i));
        }
        return highest;
    }

    /** The ratings of each user. @param count how many there are */
    public RatingRows byUser(int count) {
        return RatingRows.of(count, users, items, ratings);
    }

    /** The ratings of each item. @param count how many there are */
    public RatingRows byItem(int count) {
        return RatingRows.of(count, items, users, ratings);
    }

    /** These ratings brought into random order without a copy: this set must not be used any more. */
    RatingSet shuffledInPlace(long seed) {
        shuffle(seed);
        return new RatingSet(users, items, ratings, true);
    }

    /**
     * These ratings grouped by ranges of their users and items, see {@link RatingGroups}, without a copy: this set must
     * not be used any more. Within a group their order stays random.
     */
    public RatingSet grouped(RatingGroups cut) {
        int[] starts = new int[cut.count() + 1];
        for (int i = 0; i < size(); i++) {
            starts[cut.groupOf(user(i), item(i)) + 1]++;
        }
        for (int group = 0; group < cut.count(); group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = starts.clone();
        for (int group = 0; group < cut.count(); group++) {
            while (next[group] < starts[group + 1]) {
                int at = next[group];
                int wanted = cut.groupOf(user(at), item(at));
                int to = next[wanted]++;
                if (to != at) {
                    users.swap(at, to);
                    items.swap(at, to);
                    ratings.swap(at, to);
                }
            }
        }
        return new RatingSet(users, items, ratings, shuffled, new Groups(starts, cut.itemRanges()));
    }

    /** Number of groups. */
    int groups() {
        return groups.starts().length - 1;
    }

    /** Groups of the same users, which have numbers in a row. */
    int groupsInRow() {
        return groups.inRow();
    }

    /** First rating of a group; that of the number of groups is the end. */
    int groupStart(int group) {
        return groups.starts()[group];
    }

    /** Appends {@code count} ratings from {@code from} on to a batch. */
    void copyTo(RatingBatch batch, int from, int count) {
        users.copyTo(batch.users(), batch.size(), from, count);
        items.copyTo(batch.items(), batch.size(), from, count);
        ratings.copyTo(batch.ratings(), batch.size(), from, count);
    }

    // Column by column, each with the same random numbers, so that one array at a time is in the caches.
    private void shuffle(long seed) {
        users.shuffle(seed);
        items.shuffle(seed);
        ratings.shuffle(seed);
    }
}
