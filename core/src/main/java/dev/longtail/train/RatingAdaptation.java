package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;

/**
 * Changes a rating model between epochs, say the number of its anchors; what is there then is what the next epoch
 * starts
 * from.
 */
@FunctionalInterface
public interface RatingAdaptation extends Stateful {

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

    /** {@inheritDoc} The model is not part of it. One that remembers nothing between epochs has nothing to carry. */
    @Override
    default void carry(String name, StateCarrier state) {}
}
