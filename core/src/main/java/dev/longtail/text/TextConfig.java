package dev.longtail.text;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/** How text becomes features. The defaults are lower-cased single words, tf-idf, rows of length one. */
public record TextConfig(
        @Setting("fold upper and lower case together") boolean lowerCase,

        @Setting("longest run of words that is a feature, 1 to 5; 1 means single words only")
        int wordNgrams,

        @Setting("documents a term must occur in to become a feature, at least 1")
        int minFrequency,

        @Setting("documents a term of several words must occur in to become a feature; 0 for minFrequency")
        int minNgramFrequency,

        @Setting("keep only this many of the most frequent terms, 0 for all")
        int maxFeatures,

        @Setting("shortest character n-gram inside a word, in code points; 0 switches character n-grams off")
        int characterNgramMin,

        @Setting("longest character n-gram inside a word, at most 10; 0 switches character n-grams off")
        int characterNgramMax,

        @Setting("ids that hashed character n-grams share, 1 to 2^30; more ids mean fewer collisions, more memory")
        int characterBuckets,

        @Setting("multiply term frequency by inverse document frequency")
        boolean tfIdf,

        @Setting("use 1 + ln(term frequency) in place of term frequency")
        boolean logTermFrequency,

        @Setting("scale the weights of a document to Euclidean length 1")
        boolean l2Normalise,

        @Setting("what weights of runs of several words are multiplied by, before the scaling, in (0, 10]")
        float ngramWeight) {

    /** Longest run of words that {@link #wordNgrams} allows. */
    public static final int MAX_WORD_NGRAMS = 5;

    static final int MAX_CHARACTER_NGRAM = 10;
    static final int MAX_CHARACTER_BUCKETS = 1 << 30;

    public static final TextConfig DEFAULT = new TextConfig(true, 1, 2, 0, 0, 0, 0, 1 << 20, true, false, true, 1);

    public TextConfig {
        Require.that(wordNgrams >= 1 && wordNgrams <= MAX_WORD_NGRAMS, "wordNgrams", "from 1 to 5", wordNgrams);
        Require.that(minFrequency >= 1, "minFrequency", "at least 1", minFrequency);
        Require.that(minNgramFrequency >= 0, "minNgramFrequency", "at least 0", minNgramFrequency);
        Require.that(maxFeatures >= 0, "maxFeatures", "at least 0", maxFeatures);
        Require.that(
                characterNgramMin >= 0 && characterNgramMin <= characterNgramMax,
                "characterNgramMin",
                "from 0 to characterNgramMax (" + characterNgramMax + ")",
                characterNgramMin);
        Require.that(characterNgramMax <= MAX_CHARACTER_NGRAM, "characterNgramMax", "from 0 to 10", characterNgramMax);
        Require.that(
                (characterNgramMin == 0) == (characterNgramMax == 0),
                "characterNgramMin",
                "at least 1 when characterNgramMax is, or both 0",
                characterNgramMin);
        Require.that(
                characterBuckets >= 1 && characterBuckets <= MAX_CHARACTER_BUCKETS,
                "characterBuckets",
                "from 1 to 2^30",
                characterBuckets);
        Require.that(ngramWeight > 0 && ngramWeight <= 10, "ngramWeight", "in (0, 10]", ngramWeight);
    }

    /** Whether character n-grams are features. */
    public boolean characterNgrams() {
        return characterNgramMax > 0;
    }

    /** Documents that a term of several words must occur in. */
    int ngramFrequency() {
        return minNgramFrequency == 0 ? minFrequency : minNgramFrequency;
    }

    /** This configuration with word n-grams up to the given length. */
    public TextConfig withWordNgrams(int ngrams) {
        return withWordNgrams(ngrams, minNgramFrequency);
    }

    /** This configuration with word n-grams up to the given length that occur in so many documents. */
    public TextConfig withWordNgrams(int ngrams, int minimumFrequency) {
        return new TextConfig(
                lowerCase,
                ngrams,
                minFrequency,
                minimumFrequency,
                maxFeatures,
                characterNgramMin,
                characterNgramMax,
                characterBuckets,
                tfIdf,
                logTermFrequency,
                l2Normalise,
                ngramWeight);
    }

    /** This configuration with other bounds of the vocabulary. */
    public TextConfig withVocabulary(int minimumFrequency, int maximumFeatures) {
        return new TextConfig(
                lowerCase,
                wordNgrams,
                minimumFrequency,
                minNgramFrequency,
                maximumFeatures,
                characterNgramMin,
                characterNgramMax,
                characterBuckets,
                tfIdf,
                logTermFrequency,
                l2Normalise,
                ngramWeight);
    }

    /** This configuration with hashed character n-grams of {@code min} to {@code max} code points. */
    public TextConfig withCharacterNgrams(int min, int max, int buckets) {
        return new TextConfig(
                lowerCase,
                wordNgrams,
                minFrequency,
                minNgramFrequency,
                maxFeatures,
                min,
                max,
                buckets,
                tfIdf,
                logTermFrequency,
                l2Normalise,
                ngramWeight);
    }

    /** This configuration with other weights. */
    public TextConfig withWeights(boolean inverseFrequency, boolean logFrequency, boolean normalise) {
        return new TextConfig(
                lowerCase,
                wordNgrams,
                minFrequency,
                minNgramFrequency,
                maxFeatures,
                characterNgramMin,
                characterNgramMax,
                characterBuckets,
                inverseFrequency,
                logFrequency,
                normalise,
                ngramWeight);
    }

    /** This configuration with or without case folding. */
    public TextConfig withLowerCase(boolean fold) {
        return new TextConfig(
                fold,
                wordNgrams,
                minFrequency,
                minNgramFrequency,
                maxFeatures,
                characterNgramMin,
                characterNgramMax,
                characterBuckets,
                tfIdf,
                logTermFrequency,
                l2Normalise,
                ngramWeight);
    }
}
