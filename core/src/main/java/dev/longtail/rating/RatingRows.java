package dev.longtail.rating;

/**
 * The ratings of each user, or of each item, one row behind the other, in the order of the set that they come from. A
 * copy, of as few bytes a rating as the set has for the other side and the rating.
 */
public final class RatingRows {

    private final int[] starts;
    private final NumberColumn others;
    private final RatingColumn ratings;

    private RatingRows(int[] starts, NumberColumn others, RatingColumn ratings) {
        this.starts = starts;
        this.others = others;
        this.ratings = ratings;
    }

    /** Sorts by counting. @param own numbers of the rows, none unknown */
    static RatingRows of(int rows, NumberColumn own, NumberColumn others, RatingColumn ratings) {
        int[] next = new int[rows + 1];
        for (int i = 0; i < own.size(); i++) {
            next[own.get(i) + 1]++;
        }
        for (int row = 0; row < rows; row++) {
            next[row + 1] += next[row];
        }
        int[] starts = next.clone();
        NumberColumn sortedOthers = others.empty();
        RatingColumn sorted = ratings.empty();
        for (int i = 0; i < own.size(); i++) {
            int to = next[own.get(i)]++;
            sortedOthers.set(to, others.get(i));
            sorted.set(to, ratings.get(i));
        }
        return new RatingRows(starts, sortedOthers, sorted);
    }

    /** Number of rows. */
    public int rows() {
        return starts.length - 1;
    }

    /** Number of ratings. */
    public int size() {
        return others.size();
    }

    /** Place of the first rating of a row; behind its last one is that of the next row. */
    public int start(int row) {
        return starts[row];
    }

    /** The item, or user, at a place. */
    public int other(int place) {
        return others.get(place);
    }

    /** The rating at a place. */
    public float rating(int place) {
        return ratings.get(place);
    }
}
