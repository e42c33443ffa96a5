package dev.longtail.plan;

import java.util.Locale;

/** What memory is taken for. */
public enum Part {
    /** The Java machine itself: code, compiler, collector, stacks; and its room for new objects. */
    JAVA_MACHINE,
    /** The words that are counted and the vocabulary of those that are kept. */
    VOCABULARY,
    /** Identifiers and names of labels. */
    LABELS,
    /** Examples: where they stand in the temporary file, and those held in memory. */
    EXAMPLES,
    /** Ratings: those of the files while they are read, then those that are learned from or held out. */
    RATINGS,
    /** Identifiers of users and items, names of items. */
    IDENTIFIERS,
    /** Counts from which the association arm is made. */
    ASSOCIATION_COUNTS,
    /** The association arm. */
    ASSOCIATION_ARM,
    /** Likely labels of each example. */
    CANDIDATES,
    /** The input table. */
    INPUT_TABLE,
    /** The intermediate layer. */
    BODY,
    /** The output layer. */
    OUTPUT_LAYER,
    /** Vectors and biases of the users. */
    USER_TABLE,
    /** Vectors and biases of the items. */
    ITEM_TABLE,
    /** What sweeps keep: ratings by users and by items, means and second moments of what is believed. */
    BELIEFS,
    /** The items that each user has rated. */
    SEEN_ITEMS,
    /** What update rules remember. */
    OPTIMIZER_STATE,
    /** Arrays of a step, and of a look at the validation part. */
    SCRATCH,
    /** What the direct arm's labels are solved in, and which examples are whose. */
    DIRECT_SOLVER,
    /** The direct arm. */
    DIRECT_ARM,
    /** What a checkpoint is written by way of. */
    CHECKPOINT,
    /** Scores from which the shares of the arms and probabilities are learned. */
    CALIBRATION,
    /** What is no longer needed and not yet collected, and gaps between large arrays. */
    UNCOLLECTED;

    /** Its name for people: input table. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
