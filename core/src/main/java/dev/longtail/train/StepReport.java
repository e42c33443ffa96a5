package dev.longtail.train;

/**
 * Where a run stands after a step.
 *
 * @param epoch the current one, from 1
 * @param maxEpochs of the run
 * @param examples trained on in this epoch so far
 * @param allExamples of an epoch
 * @param loss the objective in this epoch so far, as in {@link EpochReport}
 */
public record StepReport(int epoch, int maxEpochs, long examples, long allExamples, double loss) {}
