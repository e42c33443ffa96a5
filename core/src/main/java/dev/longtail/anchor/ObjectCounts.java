package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.data.ReadListener;
import dev.longtail.relation.TextCorpus;
import dev.longtail.text.Vocabulary;
import java.io.IOException;
import java.util.Arrays;

/**
 * How often objects occur.
 *
 * @param occurrences of each object
 * @param documentFrequencies documents that each object occurs in, at most as many as its occurrences
 * @param documents how many there are
 */
public record ObjectCounts(long[] occurrences, long[] documentFrequencies, long documents) {

    public ObjectCounts {
        Require.that(
                documentFrequencies.length == occurrences.length,
                "document frequencies",
                "as many as objects, " + occurrences.length,
                documentFrequencies.length);
    }

    /** Counts of objects that occur in no documents, say users and their ratings; all have the same idf. */
    public static ObjectCounts of(long[] occurrences) {
        return new ObjectCounts(occurrences, new long[occurrences.length], 0);
    }

    /** The document frequencies of a vocabulary, each document taken as one occurrence. */
    public static ObjectCounts of(Vocabulary vocabulary) {
        long[] frequencies = new long[vocabulary.size()];
        Arrays.setAll(frequencies, vocabulary::documentFrequency);
        return new ObjectCounts(frequencies, frequencies, vocabulary.documents());
    }

    /** Counts the words of a corpus; terms of several words have count 0. */
    public static ObjectCounts of(TextCorpus corpus, ReadListener listener) throws IOException {
        int size = corpus.vocabulary().size();
        long[] occurrences = new long[size];
        long[] frequencies = new long[size];
        int[] lastText = new int[size];
        int[] texts = new int[1];
        corpus.each("count words", listener, (ids, count) -> {
            texts[0] = Math.incrementExact(texts[0]);
            for (int i = 0; i < count; i++) {
                if (ids[i] >= 0) {
                    occurrences[ids[i]]++;
                    frequencies[ids[i]] += lastText[ids[i]] == texts[0] ? 0 : 1;
                    lastText[ids[i]] = texts[0];
                }
            }
        });
        return new ObjectCounts(occurrences, frequencies, texts[0]);
    }

    /** Number of objects. */
    public int objects() {
        return occurrences.length;
    }

    /**
     * Each object's tf-idf, summed over the documents: occurrences * ln(documents / document frequency), 0 for one that
     * does not occur (Ramos 1999, which the paper follows). A word of every document has 0, however often it occurs.
     */
    double[] tfIdf() {
        double[] tfIdf = new double[objects()];
        for (int object = 0; object < tfIdf.length; object++) {
            if (documentFrequencies[object] > 0) {
                double idf = StrictMath.log((double) documents / documentFrequencies[object]);
                tfIdf[object] = occurrences[object] * idf;
            }
        }
        return tfIdf;
    }
}
