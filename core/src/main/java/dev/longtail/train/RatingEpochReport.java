package dev.longtail.train;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.TableFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an epoch of a rating model brought.
 *
 * @param epoch from 1
 * @param loss half the squared error, mean over the ratings of the epoch, each before its step
 * @param validation measured after the epoch; empty without a validation part
 * @param objective what the best epoch has least of: the validation MSE, or where numbers of anchors are learned the
 *     objective that decides them; empty without a validation part
 * @param users the table of the users after the epoch
 * @param items the table of the items after the epoch
 * @param seconds of training, without the measures
 * @param best whether no earlier epoch had as low an objective
 */
public record RatingEpochReport(
        int epoch,
        double loss,
        Optional<RatingMetrics> validation,
        OptionalDouble objective,
        TableFacts users,
        TableFacts items,
        double seconds,
        boolean best) {

    /** The epoch whose parameters a run has kept. */
    public static RatingEpochReport bestOf(List<RatingEpochReport> epochs) {
        return epochs.stream()
                .filter(RatingEpochReport::best)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
