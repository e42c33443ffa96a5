package dev.longtail.train;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;

/**
 * Changes a rating model between epochs, say the number of its anchors; what is there then is what the next epoch
 * starts
 * from.
 */
@FunctionalInterface
public interface RatingAdaptation {

    /** Leaves the model as it is. */
    RatingAdaptation NONE = (report, model) -> {};

    /** Training is about to begin; first values are drawn after this. */
    default void begin(RatingModel model) {}

    /**
     * What the best epoch has least of: the validation MSE, unless the model's shape counts as well.
     *
     * @param validation measured after an epoch
     * @param users the table of the users as it was measured
     * @param items the table of the items as it was measured
     */
    default double objective(RatingMetrics validation, TableFacts users, TableFacts items) {
        return validation.mse();
    }

    /**
     * An epoch is done, measured and, where it is the best so far, kept.
     */
    void after(RatingEpochReport report, RatingModel model);
}
