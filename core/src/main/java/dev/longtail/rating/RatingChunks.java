package dev.longtail.rating;

import java.io.IOException;
import java.util.Optional;

/** A stream of ratings: chunks that come once, one after the other, with users and items that grow in number. */
public interface RatingChunks {

    /** The next ratings; empty when there are no more. */
    Optional<RatingChunk> next() throws IOException;

    /** The users of all training ratings so far, in the order of their arrival; valid until the next chunk. */
    Ids users();

    /** The items of all training ratings so far, in the order of their arrival; valid until the next chunk. */
    Ids items();
}
