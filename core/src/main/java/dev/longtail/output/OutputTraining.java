package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.optimizer.StepSize;

/** One run of training of an output layer. */
public interface OutputTraining {

    /**
     * What is fixed for a run.
     *
     * @param loss per label
     * @param trainBias whether biases are updated
     * @param maxBatch most examples in a step
     * @param seed of the run
     * @param steps length of the run
     * @param skip whether labels that certainly have no gradient are left out; the outcome is the same
     */
    record Plan(Loss loss, boolean trainBias, int maxBatch, long seed, long steps, boolean skip) {}

    /**
     * Forward, loss, backward and update for one batch, over all labels that take part.
     *
     * @param dx [inputs][batch], written: the gradient of the weighted loss averaged over the batch
     * @return the loss without the batch's weight, summed over labels and averaged over examples
     */
    double step(OutputBatch batch, StepSize stepSize, Panel dx);

    /** Number of connections that moved after the latest step. */
    long moved();

    /** Number of labels whose scores were computed in the latest step. */
    long scored();

    /** Number of labels that had a gradient in the latest step. */
    long updated();
}
