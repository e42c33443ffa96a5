package dev.longtail.train;

import dev.longtail.model.RatingModel;
import dev.longtail.table.InputTable;

/**
 * Changes a rating model between epochs, say the number of its anchors; what is there then is what the next epoch
 * starts
 * from.
 */
@FunctionalInterface
public interface RatingAdaptation {

    /** Leaves the model as it is. */
    RatingAdaptation NONE = (report, model, users, items) -> {};

    /**
     * An epoch is done, measured and, where it is the best so far, kept.
     *
     * @param users training of the users' table
     * @param items training of the items' table
     */
    void after(RatingEpochReport report, RatingModel model, InputTable.Training users, InputTable.Training items);
}
