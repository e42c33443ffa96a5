package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.optimizer.StepSize;

/** One run of training of an output layer. */
public interface OutputTraining {

    /**
     * What is fixed for a run.
     *
     * @param objective what is lowered
     * @param trainBias whether biases are updated
     * @param maxBatch most examples in a step
     * @param seed of the run
     * @param steps length of the run
     */
    record Plan(Objective objective, boolean trainBias, int maxBatch, long seed, long steps) {}

    /**
     * Forward, loss, backward and update for one batch, over all labels.
     *
     * @param dx [inputs][batch], written: the gradient of the objective times the batch's weight
     * @return the objective without the batch's weight
     */
    double step(OutputBatch batch, StepSize stepSize, Panel dx);

    /** Number of connections that moved after the latest step. */
    long moved();
}
