package dev.longtail.rating;

/**
 * A piece of a stream of ratings.
 *
 * @param train in random order, of users and items that are all known
 * @param heldOut to measure on; users and items without training ratings so far are unknown in it
 */
public record RatingChunk(RatingSet train, RatingSet heldOut) {

    /** Number of ratings. */
    public int size() {
        return train.size() + heldOut.size();
    }
}
