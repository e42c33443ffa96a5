package dev.longtail.plan;

import java.util.Locale;

/** What a run does, one after the other. */
public enum Phase {
    /** The Java machine starts and compiles what runs often. */
    START,
    /** Files are read twice: counted, then encoded. */
    READING,
    /** Associations are counted. */
    COUNTING,
    /** The association arm finds likely labels of each example. */
    CANDIDATES,
    /** Epochs of the embedding arm, and the looks at the validation part after them. */
    EMBEDDING,
    /** Labels of the direct arm are solved. */
    DIRECT,
    /** Shares of the arms, measures and probabilities, on the validation part. */
    CALIBRATION,
    /** Epochs over ratings, and the looks at those that are held out after them. */
    LEARNING,
    /** The model folder is written. */
    WRITING;

    /** What is done, for people: solving the direct arm. */
    public String doing() {
        return switch (this) {
            case START -> "starting";
            case READING -> "reading";
            case COUNTING -> "counting associations";
            case CANDIDATES -> "finding likely labels";
            case EMBEDDING -> "training the embedding arm";
            case DIRECT -> "solving the direct arm";
            case CALIBRATION -> "calibrating";
            case LEARNING -> "learning from ratings";
            case WRITING -> "writing the model";
        };
    }

    /** Its name for people: reading. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
