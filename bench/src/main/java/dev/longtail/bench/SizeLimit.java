package dev.longtail.bench;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.train.RatingAdaptation;
import dev.longtail.train.RatingEpochReport;

/**
 * Lets only epochs be best whose tables have so many numbers at most: what a penalty makes sparse is often best early,
 * before it is sparse. As long as there are more numbers, the fewer the better.
 *
 * @param most numbers of both tables together
 * @param inner what changes the model between epochs, and compares epochs that are small enough
 */
record SizeLimit(long most, RatingAdaptation inner) implements RatingAdaptation {

    /** More than any objective of a model that predicts ratings. */
    private static final double TOO_LARGE = 1000;

    @Override
    public void begin(RatingModel model) {
        inner.begin(model);
    }

    @Override
    public double objective(RatingMetrics validation, TableFacts users, TableFacts items) {
        long numbers = users.parameters() + items.parameters();
        return numbers <= most ? inner.objective(validation, users, items) : TOO_LARGE + (double) numbers / most;
    }

    @Override
    public void after(RatingEpochReport report, RatingModel model) {
        inner.after(report, model);
    }
}
