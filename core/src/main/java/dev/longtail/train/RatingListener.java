package dev.longtail.train;

/** Hears how the training of a rating model goes; called by the training thread between steps. */
public interface RatingListener {

    /** Hears nothing. */
    RatingListener SILENT = new RatingListener() {};

    /** Part of an epoch is done; the examples of the report are ratings. */
    default void progress(StepReport report) {}

    /** An epoch is done and, where there is a validation part, measured. */
    default void epoch(RatingEpochReport report) {}
}
