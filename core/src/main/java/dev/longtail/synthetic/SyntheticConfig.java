package dev.longtail.synthetic;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * What made-up examples are like. Labels lie in topics, contiguous ranges of their numbers. An example has a first
 * label drawn by Zipf's law and further ones of the same topic; its words are words of its labels, words of the topic,
 * and background words that mean nothing.
 *
 * @param labels number of labels, at least 1
 * @param features number of features, at least 1; the lower its number, the more frequent a background word
 * @param examples number of training examples, at least 1
 * @param labelsAnExample mean number of labels of an example, in [1, 100]; less where topics are too small
 * @param exponent s of Zipf's law, P(rank) proportional to rank^-s, in [0, 3]
 * @param clusterSize labels of a topic, at least 1
 * @param wordsAnExample mean number of words of an example, repeated ones counted, in [1, 10000]
 * @param noise share of background words, in [0, 1]
 * @param seed of everything random
 */
public record SyntheticConfig(
        @Setting("number of labels, at least 1") int labels,

        @Setting("number of features, at least 1") int features,

        @Setting("number of training examples, at least 1") int examples,

        @Setting("mean number of labels of an example, in [1, 100]")
        float labelsAnExample,

        @Setting("how unequal labels are: frequencies fall with rank^-exponent, in [0, 3]")
        float exponent,

        @Setting("labels of a topic; labels of an example are of one topic")
        int clusterSize,

        @Setting("mean number of words of an example, in [1, 10000]")
        int wordsAnExample,

        @Setting("share of words that say nothing about labels, in [0, 1]")
        float noise,

        @Setting("seed of everything random: the same seed gives the same examples")
        long seed) {

    /**
     * Learnable and long-tailed: trained models reach P@1 between 30 and 80 %, find most of the frequent labels and few
     * of the rare ones.
     */
    public static final SyntheticConfig DEFAULT =
            new SyntheticConfig(100_000, 50_000, 500_000, 3, 0.8f, 64, 24, 0.6f, 1);

    public SyntheticConfig {
        Require.that(labels >= 1, "labels", "at least 1", labels);
        Require.that(features >= 1, "features", "at least 1", features);
        Require.that(examples >= 1, "examples", "at least 1", examples);
        Require.that(labelsAnExample >= 1 && labelsAnExample <= 100, "labelsAnExample", "in [1, 100]", labelsAnExample);
        Require.that(exponent >= 0 && exponent <= 3, "exponent", "in [0, 3]", exponent);
        Require.that(clusterSize >= 1, "clusterSize", "at least 1", clusterSize);
        Require.that(
                wordsAnExample >= 1 && wordsAnExample <= 10_000, "wordsAnExample", "in [1, 10000]", wordsAnExample);
        Require.that(noise >= 0 && noise <= 1, "noise", "in [0, 1]", noise);
    }

    /** The same kind of examples at another size. */
    public SyntheticConfig withSize(int otherLabels, int otherFeatures, int otherExamples) {
        return new SyntheticConfig(
                otherLabels,
                otherFeatures,
                otherExamples,
                labelsAnExample,
                exponent,
                clusterSize,
                wordsAnExample,
                noise,
                seed);
    }

    /** Examples to learn from. */
    public SyntheticExamples train() {
        return new SyntheticExamples(this, SyntheticExamples.Part.TRAIN, examples);
    }

    /** Examples of another part, which have nothing in common with those of training but what was planted. */
    public SyntheticExamples part(SyntheticExamples.Part part, int size) {
        return new SyntheticExamples(this, part, size);
    }

    /** Number of topics. */
    public int topics() {
        return (int) ((labels + (long) clusterSize - 1) / clusterSize);
    }
}
