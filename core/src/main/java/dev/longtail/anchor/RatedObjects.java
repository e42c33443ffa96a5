package dev.longtail.anchor;

import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.relation.Cooccurrences;
import java.util.Arrays;

/**
 * Users or items of ratings by their identifiers. How often one occurs is its number of training ratings.
 *
 * @param ids identifiers and numbers of ratings
 * @param kind what they are, in the plural
 */
public record RatedObjects(Ids ids, String kind) implements KnownObjects {

    @Override
    public int objects() {
        return ids.size();
    }

    @Override
    public int indexOf(String name) {
        return ids.indexOf(name);
    }

    @Override
    public ObjectCounts counts() {
        return ObjectCounts.of(Arrays.stream(ids.counts()).asLongStream().toArray());
    }

    @Override
    public Cooccurrences cooccurrences(Workers workers) {
        throw new IllegalArgumentException("co-occurrence is that of words in texts; " + kind
                + " of ratings can lie where a file of vectors says, and be related by a file of pairs");
    }
}
