package dev.longtail.train;

import dev.longtail.model.RatingModel;
import java.util.List;

/**
 * Changes numbers of anchors as an earlier run did, epoch by epoch: what a budget has found on a part of the ratings
 * can so be learned from all of them, with no validation part left to decide by.
 */
public final class RatingRepetition implements RatingAdaptation {

    private final List<RatingEpochReport> epochs;
    private final RatingBudgetConfig.Leaving leaving;

    /**
     * A repetition of a run.
     *
     * @param epochs of the earlier run, at least one
     */
    public RatingRepetition(List<RatingEpochReport> epochs, RatingBudgetConfig.Leaving leaving) {
        this.epochs = List.copyOf(epochs);
        this.leaving = leaving;
    }

    @Override
    public void begin(RatingModel model) {
        follow(epochs.get(0), model);
    }

    @Override
    public void after(RatingEpochReport report, RatingModel model) {
        if (report.epoch() < epochs.size()) {
            follow(epochs.get(report.epoch()), model);
        }
    }

    private void follow(RatingEpochReport earlier, RatingModel model) {
        leaving.resize(model.userTable(), earlier.users().anchors());
        leaving.resize(model.itemTable(), earlier.items().anchors());
    }
}
