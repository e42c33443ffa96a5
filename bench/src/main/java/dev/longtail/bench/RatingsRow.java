package dev.longtail.bench;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.TableFacts;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a variant brought in one fold.
 *
 * @param epochs of the training whose model is measured
 * @param metrics on the test part
 * @param tables users and items
 * @param bytes of the tables as they are stored, indices included
 * @param seconds of that training
 */
record RatingsRow(int epochs, RatingMetrics metrics, List<TableFacts> tables, long bytes, double seconds) {

    double mse() {
        return metrics.mse();
    }

    long parameters() {
        return tables.stream().mapToLong(TableFacts::parameters).sum();
    }

    long nonZeros() {
        return tables.stream().mapToLong(TableFacts::nonZeros).sum();
    }

    /** Mean over folds. */
    static double mean(List<RatingsRow> folds, ToDoubleFunction<RatingsRow> figure) {
        return folds.stream().mapToDouble(figure).average().orElseThrow();
    }
}
