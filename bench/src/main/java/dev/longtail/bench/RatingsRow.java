package dev.longtail.bench;

import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.TableFacts;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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

    static final String HEADER = "| method | user K | item K | setting | MSE | RMSE | MAE | MSE by fold | #Emb | nnz(T)"
            + " | bytes | epochs | seconds |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

    /** A line of the table: means over the folds. */
    static String line(RatingsVariant variant, List<RatingsRow> folds) {
        String byFold = folds.stream()
                .map(row -> String.format(Locale.ROOT, "%.4f", row.metrics().mse()))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | **%.4f** | %.4f | %.4f | %s | %,.0f | %s | %,.0f | %.1f | %.1f |%n",
                variant.method(),
                anchors(folds, 0),
                anchors(folds, 1),
                variant.setting(),
                mean(folds, row -> row.metrics().mse()),
                mean(folds, row -> row.metrics().rmse()),
                mean(folds, row -> row.metrics().mae()),
                byFold,
                mean(folds, RatingsRow::parameters),
                mean(folds, RatingsRow::nonZeros) == 0
                        ? "all"
                        : String.format(Locale.ROOT, "%,.0f", mean(folds, RatingsRow::nonZeros)),
                mean(folds, RatingsRow::bytes),
                mean(folds, RatingsRow::epochs),
                mean(folds, RatingsRow::seconds));
    }

    private static String anchors(List<RatingsRow> folds, int side) {
        double mean = mean(folds, row -> row.tables().get(side).anchors());
        return mean == 0 ? "all" : String.format(Locale.ROOT, "%.1f", mean);
    }

    private long parameters() {
        return tables.stream().mapToLong(TableFacts::parameters).sum();
    }

    private long nonZeros() {
        return tables.stream().mapToLong(TableFacts::nonZeros).sum();
    }

    private static double mean(List<RatingsRow> folds, ToDoubleFunction<RatingsRow> figure) {
        return folds.stream().mapToDouble(figure).average().orElseThrow();
    }
}
