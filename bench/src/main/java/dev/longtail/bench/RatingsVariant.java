package dev.longtail.bench;

import dev.longtail.train.RatingAdaptation;
import dev.longtail.train.RatingBudget;
import dev.longtail.train.RatingBudgetConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingRepetition;
import java.util.List;

/**
 * One line of {@link Ratings}: a way to predict ratings.
 *
 * @param method name of the way, by which it is chosen on the command line
 * @param setting what makes this line of the method
 * @param settings of the model and its training, as {@link BudgetRuns#config} reads them
 * @param most numbers that the tables of an epoch may have to be the best
 */
record RatingsVariant(String method, String setting, String settings, long most) {

    /** A way with tables as large as they come. */
    RatingsVariant(String method, String setting, String settings) {
        this(method, setting, settings, Long.MAX_VALUE);
    }

    RatingConfig config() {
        return BudgetRuns.config(settings);
    }

    /** What finds the best epoch, and numbers of anchors where they are learned. */
    RatingAdaptation search() {
        RatingBudgetConfig budget = config().train().nonparametric();
        RatingAdaptation own = budget.learned() ? new RatingBudget(budget) : RatingAdaptation.NONE;
        return most == Long.MAX_VALUE ? own : new SizeLimit(most, own);
    }

    /** What repeats a search with no validation part. */
    RatingAdaptation repetition(List<RatingEpochReport> epochs) {
        RatingBudgetConfig budget = config().train().nonparametric();
        return budget.learned() ? new RatingRepetition(epochs, budget.leaving()) : RatingAdaptation.NONE;
    }
}
