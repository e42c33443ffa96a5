package dev.longtail.train;

import dev.longtail.association.AssociationArm;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import java.util.List;

/** Hears how a run goes; called by the training thread between steps. */
public interface TrainListener {

    /** Hears nothing. */
    TrainListener SILENT = new TrainListener() {};

    /** The run goes on from a kept state. @param done reports of the epochs that are done */
    default void resumed(List<EpochReport> done) {}

    /** Part of an epoch is done. */
    default void progress(StepReport report) {}

    /** A step is done. */
    default void step(StepRecord step) {}

    /** An epoch is done and, where there is a validation part, measured. */
    default void epoch(EpochReport report) {}

    /** Part of the direct arm is done. */
    default void direct(DirectReport report) {}

    /** The association arm has been counted. */
    default void association(AssociationArm arm) {}

    /** The direct arm is done. */
    default void direct(DirectArm arm) {}

    /** What each arm counts is known. */
    default void mixture(Mixture mixture) {}
}
