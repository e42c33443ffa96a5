package dev.longtail.text;

/**
 * Text to sparse features: ids 0 to V - 1 are the terms of the vocabulary, ids V to V + B - 1 the buckets of hashed
 * character n-grams where those are on. With tf the number of times a feature occurs in the text, N the documents of
 * the vocabulary and df the document frequency of a term, the weight of a feature is
 *
 * <pre>
 *   w = f(tf) * idf,   f(tf) = tf  or  1 + ln(tf),   idf = ln((1 + N) / (1 + df)) + 1
 * </pre>
 *
 * (the smooth inverse document frequency of scikit-learn's TfidfTransformer, after Manning, Raghavan and Schuetze
 * 2008, section 6.2), times {@link TextConfig#ngramWeight} for a term of several words, then divided by the Euclidean
 * length of all weights of the text. Hashed n-grams have no document frequency, their idf is 1. Frozen: any thread may
 * use it, each with an encoder of its own.
 */
public final class TextFeatures {

    private final TextConfig config;
    private final Vocabulary vocabulary;
    private final float[] inverseFrequencies;

    /** @throws IllegalArgumentException when terms and buckets together are more than an int can number */
    public TextFeatures(TextConfig config, Vocabulary vocabulary) {
        this.config = config;
        this.vocabulary = vocabulary;
        if ((long) vocabulary.size() + buckets(config) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("characterBuckets " + config.characterBuckets() + " and "
                    + vocabulary.size() + " terms are more than 2^31 - 1 features; lower characterBuckets");
        }
        this.inverseFrequencies = new float[vocabulary.size()];
        float inverse = 1;
        for (int id = 0; id < inverseFrequencies.length; id++) {
            if (config.tfIdf() && (id == 0 || differ(vocabulary, id - 1, id))) { // runs of terms have one in common
                inverse = (float) inverseFrequency(vocabulary, id);
            }
            inverseFrequencies[id] = (id < vocabulary.words() ? 1 : config.ngramWeight()) * inverse;
        }
    }

    private static int buckets(TextConfig config) {
        return config.characterNgrams() ? config.characterBuckets() : 0;
    }

    private static boolean differ(Vocabulary vocabulary, int a, int b) {
        return vocabulary.documentFrequency(a) != vocabulary.documentFrequency(b);
    }

    private static double inverseFrequency(Vocabulary vocabulary, int id) {
        return StrictMath.log((1.0 + vocabulary.documents()) / (1.0 + vocabulary.documentFrequency(id))) + 1;
    }

    public TextConfig config() {
        return config;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Number of features: terms and buckets. */
    public int size() {
        return vocabulary.size() + buckets(config);
    }

    /** The term, or "character n-grams of bucket {b}" for a feature behind the vocabulary. */
    public String name(int feature) {
        int bucket = feature - vocabulary.size();
        return bucket < 0 ? vocabulary.term(feature) : "character n-grams of bucket " + bucket;
    }

    /** The idf of a feature, or 1 without, times the weight of its kind. */
    public float inverseFrequency(int feature) {
        return feature < inverseFrequencies.length ? inverseFrequencies[feature] : 1;
    }

    /** An encoder for one thread. */
    public TextEncoder newEncoder() {
        return new TextEncoder(this);
    }
}
