package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.StepSize;

/** One run of training of an output layer. */
public interface OutputTraining extends Stateful {

    /**
     * What is fixed for a run.
     *
     * @param objective what is lowered
     * @param trainBias whether biases are updated
     * @param maxBatch most examples in a step
     * @param seed of the run
     * @param steps length of the run
     * @param skip whether labels that certainly have no gradient are left out; the outcome is the same
     */
    record Plan(Objective objective, boolean trainBias, int maxBatch, long seed, long steps, boolean skip) {}

    /**
     * Forward, loss, backward and update for one batch, over all labels that take part.
     *
     * @param dx [inputs][batch], written: the gradient of the objective times the batch's weight
     * @return the objective without the batch's weight
     */
    double step(OutputBatch batch, StepSize stepSize, Panel dx);

    /** An epoch begins. @param epoch from 1 */
    default void startEpoch(int epoch) {}

    /** An epoch ends: all numbers are brought up to date, so that the layer can be read as it is. */
    default void endEpoch() {}

    /** Whether steps tell the sink of a batch the scores of all labels but those that certainly score low. */
    default boolean tellsScores() {
        return false;
    }

    /** Number of connections that moved after the latest step. */
    long moved();

    /** Number of labels whose scores were computed in the latest step. */
    long scored();

    /** Number of labels that had a gradient in the latest step. */
    long updated();
}
