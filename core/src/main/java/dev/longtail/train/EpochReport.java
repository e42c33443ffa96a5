package dev.longtail.train;

import dev.longtail.metrics.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * What an epoch brought.
 *
 * @param epoch from 1; 0 where a model learns nothing in epochs
 * @param loss the objective, mean over the steps of the epoch weighted by their examples, each before its update; its
 *     {@link dev.longtail.loss.ObjectiveConfig.Normalisation} says what it is summed and averaged over
 * @param moved connections that were rewired
 * @param auxiliaryWeight share of the auxiliary objective at the epoch's last step, 0 when there is none
 * @param auxiliaryLoss its loss, mean over the epoch's steps that had it, 0 when none had
 * @param validation measured after the epoch, in the end for the best epoch once more where the model is stored in
 *     another form than it was trained in; empty without a validation part
 * @param best whether no earlier epoch had a better validation P@1
 */
public record EpochReport(
        int epoch,
        double loss,
        long moved,
        double auxiliaryWeight,
        double auxiliaryLoss,
        Optional<Metrics> validation,
        boolean best) {

    /** In place of the epochs of a model without an embedding arm. */
    static EpochReport none(Optional<Metrics> validation) {
        return new EpochReport(0, 0, 0, 0, 0, validation, true);
    }

    /** This report with other measures on the validation part. */
    EpochReport withValidation(Metrics metrics) {
        return new EpochReport(epoch, loss, moved, auxiliaryWeight, auxiliaryLoss, Optional.of(metrics), best);
    }

    /** The epoch whose parameters a run has kept: the last one that no earlier one surpassed. */
    public static EpochReport bestOf(List<EpochReport> epochs) {
        return epochs.stream()
                .filter(EpochReport::best)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
