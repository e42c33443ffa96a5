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
     */
    record Plan(Loss loss, boolean trainBias, int maxBatch, long seed, long steps) {}

    /**
     * Forward, loss, backward and update for one batch, over all labels.
     *
     * @param dx [inputs][batch], written: the gradient of the weighted loss averaged over the batch
     * @return the loss without the batch's weight, summed over labels and averaged over examples
     */
    double step(OutputBatch batch, StepSize stepSize, Panel dx);

    /** Number of connections that moved after the latest step. */
    long moved();
}
