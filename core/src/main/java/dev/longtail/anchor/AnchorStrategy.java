package dev.longtail.anchor;

import java.util.Locale;

/** How a set of anchors is chosen (Anchor & Transform, Liang et al., ICLR 2021, section 3.1 and appendices D and E). */
public enum AnchorStrategy {
    /** Random basis vectors; anchors are no objects. Needs no knowledge of the objects. */
    RANDOM,
    /** Objects drawn at random. */
    RANDOM_OBJECTS,
    /** The most frequent objects. */
    FREQUENCY,
    /** The objects of largest tf-idf, summed over the documents. */
    TF_IDF,
    /** Centres of k-means++ in a space of the objects, all objects being points of it. */
    CLUSTERING,
    /** The most frequent objects, and centres of k-means++ for what those leave uncovered (figure 2). */
    FREQUENCY_THEN_CLUSTERING,
    /** Centres of k-means++ over a lightweight coreset in place of all objects. */
    CORESET,
    /** Objects or vectors from a file. */
    IMPORTED;

    /** Name as a setting. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the objects' places in a space are needed. */
    public boolean needsSpace() {
        return this == CLUSTERING || this == FREQUENCY_THEN_CLUSTERING || this == CORESET;
    }

    /** Whether counts of the objects are needed. */
    public boolean needsCounts() {
        return this == FREQUENCY || this == TF_IDF || this == FREQUENCY_THEN_CLUSTERING;
    }
}
