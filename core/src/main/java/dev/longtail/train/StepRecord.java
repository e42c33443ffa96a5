package dev.longtail.train;

/**
 * What happened in one step; for plots of a run.
 *
 * @param step number of the step, from 1
 * @param loss the objective over the step's examples, before the update
 * @param rateFactor what the schedule multiplied learning rates with
 * @param auxiliaryWeight share of the auxiliary objective, 0 when there is none
 * @param auxiliaryLoss its loss, 0 when there is none
 * @param encoderGradient Euclidean norm of the loss's gradient with respect to the batch's bags
 * @param moved connections that moved after the step
 * @param scored share of the labels whose scores were computed
 * @param updated share of the labels that had a gradient
 */
public record StepRecord(
        long step,
        double loss,
        double rateFactor,
        double auxiliaryWeight,
        double auxiliaryLoss,
        double encoderGradient,
        long moved,
        double scored,
        double updated) {}
