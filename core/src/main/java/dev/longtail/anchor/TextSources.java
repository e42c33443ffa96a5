package dev.longtail.anchor;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceCache;
import dev.longtail.relation.CooccurrenceConfig;
import dev.longtail.relation.Cooccurrences;
import dev.longtail.relation.TextCorpus;
import dev.longtail.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What anchors may start from where objects are the terms of a vocabulary.
 *
 * @param corpus training texts
 * @param cooccurrence how words are counted that stand near each other
 * @param cache where those counts are kept, null to count them each time
 * @param listener told of progress
 */
public record TextSources(
        TextCorpus corpus,
        CooccurrenceConfig cooccurrence,
        @Nullable CooccurrenceCache cache,
        ReadListener listener) {

    /** How often words co-occur, from the cache where there is one. */
    public Cooccurrences cooccurrences(Workers workers) throws IOException {
        return cache == null
                ? CooccurrenceCache.count(corpus, cooccurrence, workers, listener)
                : cache.of(corpus, cooccurrence, workers, listener);
    }

    /**
     * What a configuration needs, and nothing else: counts, a space, a file of anchors.
     *
     * @throws InputException when a text or file is wrong
     */
    public AnchorSources of(AnchorStartConfig config, long seed, Workers workers) throws IOException {
        Vocabulary words = corpus.vocabulary();
        ObjectCounts counts = config.needsCounts() ? ObjectCounts.of(corpus, listener) : null;
        ImportedAnchors imported = config.anchorFile().isEmpty()
                ? null
                : ImportedAnchors.read(Path.of(config.anchorFile()), words::indexOf, listener);
        return new AnchorSources(words.size(), counts, space(config, seed, workers), imported);
    }

    private @Nullable ObjectVectors space(AnchorStartConfig config, long seed, Workers workers) throws IOException {
        Vocabulary words = corpus.vocabulary();
        return switch (config.space()) {
            case NONE -> null;
            case COOCCURRENCE -> CooccurrenceSpace.of(cooccurrences(workers), config.spaceDimension(), seed, workers);
            case FILE ->
                new VectorReader(words.size(), words::indexOf, listener)
                        .read(Path.of(config.spaceFile()))
                        .vectors();
        };
    }
}
