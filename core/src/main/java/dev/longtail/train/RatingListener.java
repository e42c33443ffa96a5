package dev.longtail.train;

import java.util.List;

/** Hears how the training of a rating model goes; called by the training thread between steps. */
public interface RatingListener {

    /** Hears nothing. */
    RatingListener SILENT = new RatingListener() {};

    /** The run goes on from a kept state. @param done reports of the epochs that are done */
    default void resumed(List<RatingEpochReport> done) {}

    /** Part of an epoch is done; the examples of the report are ratings. */
    default void progress(StepReport report) {}

    /** An epoch is done and, where there is a validation part, measured. */
    default void epoch(RatingEpochReport report) {}
}
