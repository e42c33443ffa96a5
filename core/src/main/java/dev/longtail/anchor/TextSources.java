package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.data.ReadListener;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceCache;
import dev.longtail.relation.CooccurrenceConfig;
import dev.longtail.relation.Cooccurrences;
import dev.longtail.relation.TextCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects that are the features of texts: the terms of a vocabulary and what is hashed behind them. Counts and
 * co-occurrence are those of single words; a feature of another kind counts as one that does not occur. What was
 * counted is kept, so that anchors and relations share it. Used by one thread.
 */
public final class TextSources implements KnownObjects {

    private final TextCorpus corpus;
    private final int objects;
    private final CooccurrenceConfig config;
    private final ReadListener listener;
    private @Nullable CooccurrenceCache cache;
    private @Nullable Cooccurrences counted;
    private Optional<Path> cached = Optional.empty();

    /**
     * @param corpus training texts
     * @param objects features that have rows, the first terms of the vocabulary or more than it has
     * @param config how words are counted that stand near each other
     * @param listener told of progress
     */
    public TextSources(TextCorpus corpus, int objects, CooccurrenceConfig config, ReadListener listener) {
        Require.that(objects >= 1, "objects", "at least 1", objects);
        this.corpus = corpus;
        this.objects = objects;
        this.config = config;
        this.listener = listener;
    }

    /** Keeps counted co-occurrences in a folder, and takes them from there. */
    public TextSources keeping(CooccurrenceCache folder) {
        this.cache = folder;
        return this;
    }

    @Override
    public int objects() {
        return objects;
    }

    @Override
    public String kind() {
        return "words";
    }

    @Override
    public int indexOf(String name) {
        int term = corpus.vocabulary().indexOf(name);
        return term < objects ? term : -1;
    }

    @Override
    public ObjectCounts counts() throws IOException {
        ObjectCounts terms = ObjectCounts.of(corpus, listener);
        return new ObjectCounts(
                Arrays.copyOf(terms.occurrences(), objects),
                Arrays.copyOf(terms.documentFrequencies(), objects),
                terms.documents());
    }

    /** Of all terms of the vocabulary, of which those of several words co-occur with nothing. */
    @Override
    public Cooccurrences cooccurrences(Workers workers) throws IOException {
        if (counted == null) {
            if (cache == null) {
                counted = CooccurrenceCache.count(corpus, config, workers, listener);
            } else {
                CooccurrenceCache.Found found = cache.find(corpus, config, workers, listener);
                counted = found.counts();
                cached = found.wasThere() ? Optional.of(found.file()) : Optional.empty();
            }
        }
        return counted;
    }

    /** The file that co-occurrences were taken from; empty where they were counted, or nobody asked for them. */
    public Optional<Path> takenFrom() {
        return cached;
    }
}
