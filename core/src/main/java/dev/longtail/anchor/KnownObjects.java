package dev.longtail.anchor;

import dev.longtail.parallel.Workers;
import dev.longtail.relation.Cooccurrences;
import java.io.IOException;

/** The objects of a table by their names, and what can be found out about them, which is read when it is asked for. */
public interface KnownObjects {

    /** How many there are, 0 to objects - 1: the rows of the table. */
    int objects();

    /** What they are, in the plural, for people. */
    String kind();

    /** Number of an object, below 0 where there is none of that name. */
    int indexOf(String name);

    /** How often each occurs. */
    ObjectCounts counts() throws IOException;

    /**
     * How often they occur near each other.
     *
     * @throws IllegalArgumentException when that has no meaning for such objects
     */
    Cooccurrences cooccurrences(Workers workers) throws IOException;
}
