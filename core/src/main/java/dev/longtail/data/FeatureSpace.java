package dev.longtail.data;

/** What the features of a model are and how raw examples become them. Frozen: any thread may use it. */
public sealed interface FeatureSpace permits TextFeatureSpace, NumericFeatureSpace {

    /** Number of features. */
    int size();

    /** Number of single words, or all where features are no texts: they are the features of the smallest numbers. */
    default int words() {
        return size();
    }

    /** Name of a feature for people. */
    String name(int feature);

    /** An encoder for one thread. */
    FeatureEncoder newEncoder();
}
