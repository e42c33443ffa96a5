package dev.longtail.train;

import dev.longtail.direct.DirectArm;

/** Hears how a run goes; called by the training thread between steps. */
public interface TrainListener {

    /** Hears nothing. */
    TrainListener SILENT = new TrainListener() {};

    /** Part of an epoch is done. */
    default void progress(StepReport report) {}

    /** A step is done. */
    default void step(StepRecord step) {}

    /** An epoch is done and, where there is a validation part, measured. */
    default void epoch(EpochReport report) {}

    /** Part of the direct arm is done. */
    default void direct(DirectReport report) {}

    /** The direct arm is done and has its share. */
    default void direct(DirectArm arm) {}
}
