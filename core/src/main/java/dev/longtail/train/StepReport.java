package dev.longtail.train;

/**
 * Where a run stands after a step.
 *
 * @param epoch the current one, from 1
 * @param maxEpochs of the run
 * @param examples trained on in this epoch so far
 * @param allExamples of an epoch
 * @param loss mean over the examples of this epoch so far
 */
public record StepReport(int epoch, int maxEpochs, long examples, long allExamples, double loss) {}
