package dev.longtail.bench;

import static dev.longtail.bench.RatingsRow.mean;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The variants of {@link Ratings} as a page shows them: figures as the paper has them, and more about each. */
final class RatingsTable {

    private static final String NONE = "–";

    private final List<Line> lines = new ArrayList<>();

    /** A variant and what it brought in each fold. */
    private record Line(RatingsVariant variant, List<RatingsRow> folds) {

        String anchors(int side) {
            double mean = mean(folds, row -> row.tables().get(side).anchors());
            return mean == 0 ? "all" : String.format(Locale.ROOT, mean % 1 == 0 ? "%.0f" : "%.1f", mean);
        }

        double of(ToDoubleFunction<RatingsRow> figure) {
            return mean(folds, figure);
        }

        /** Mean over the folds of how much more its MSE is than that of another variant. */
        double above(Line other) {
            return of(RatingsRow::mse) - other.of(RatingsRow::mse);
        }

        /** Folds in which its MSE is lower. */
        long foldsBelow(Line other) {
            return IntStream.range(0, folds.size())
                    .filter(i -> folds.get(i).mse() < other.folds.get(i).mse())
                    .count();
        }
    }

    void add(RatingsVariant variant, List<RatingsRow> folds) {
        lines.add(new Line(variant, List.copyOf(folds)));
    }

    /** The last variant in a line, to show how things go. */
    String last() {
        Line line = lines.get(lines.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s, %s: MSE %.4f, #Emb %,.0f, %.1f s%n",
                line.variant().method(),
                line.variant().setting(),
                line.of(RatingsRow::mse),
                line.of(RatingsRow::parameters),
                line.of(RatingsRow::seconds));
    }

    /** The columns of the paper's Tables 3 and 14, ours above the paper's. */
    String figures() {
        StringBuilder table = new StringBuilder("| data set | method | user K | item K | setting | MSE | #Emb"
                + " | x smaller | MSE - MF |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            Line full = full();
            table.append(String.format(
                    Locale.ROOT,
                    "| MovieLens 100K | %s | %s | %s | %s | **%.4f** | %,.0f | %s | %s |%n",
                    line.variant().method(),
                    line.anchors(0),
                    line.anchors(1),
                    line.variant().setting(),
                    line.of(RatingsRow::mse),
                    line.of(RatingsRow::parameters),
                    full == null ? NONE : smaller(full, line),
                    full == null ? NONE : String.format(Locale.ROOT, "%+.4f", line.above(full))));
        }
        return table + PaperRatings.lines();
    }

    private @Nullable Line full() {
        return line(RatingsVariants.FULL);
    }

    private @Nullable Line line(RatingsVariant variant) {
        return lines.stream()
                .filter(line -> line.variant().equals(variant))
                .findFirst()
                .orElse(null);
    }

    /** One line of ours against all others. */
    String against(RatingsVariant variant) {
        Line own = line(variant);
        if (own == null) {
            return "";
        }
        StringBuilder table = new StringBuilder(
                "| method | setting | #Emb | its MSE less that of this line | folds in which this line is better |\n"
                        + "|---|---|---|---|---|\n");
        for (Line line : lines) {
            if (!line.equals(own)) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %,.0f | %+.4f | %d of %d |%n",
                        line.variant().method(),
                        line.variant().setting(),
                        line.of(RatingsRow::parameters),
                        line.above(own),
                        own.foldsBelow(line),
                        line.folds().size()));
            }
        }
        return table.toString();
    }

    private static String smaller(Line full, Line line) {
        return String.format(Locale.ROOT, "%.1f", full.of(RatingsRow::parameters) / line.of(RatingsRow::parameters));
    }

    /** How each line of ours came about. */
    String details() {
        StringBuilder table = new StringBuilder("| method | setting | MSE of u1 to u5 | RMSE | MAE | nnz(T) | bytes"
                + " | epochs | seconds |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            double links = line.of(RatingsRow::nonZeros);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.4f | %.4f | %s | %,.0f | %.1f | %.1f |%n",
                    line.variant().method(),
                    line.variant().setting(),
                    line.folds().stream()
                            .map(row -> String.format(Locale.ROOT, "%.4f", row.mse()))
                            .collect(Collectors.joining(" ")),
                    line.of(row -> row.metrics().rmse()),
                    line.of(row -> row.metrics().mae()),
                    links == 0 ? "all" : String.format(Locale.ROOT, "%,.0f", links),
                    line.of(RatingsRow::bytes),
                    line.of(RatingsRow::epochs),
                    line.of(RatingsRow::seconds)));
        }
        return table.toString();
    }

    /** What to give to repeat a line. */
    String settings() {
        return lines.stream()
                .map(line -> String.format(
                        Locale.ROOT,
                        "- %s, %s: `%s`%s%n",
                        line.variant().method(),
                        line.variant().setting(),
                        line.variant().settings(),
                        line.variant().most() == Long.MAX_VALUE
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        ", best epoch of those with %,d numbers at most",
                                        line.variant().most())))
                .collect(Collectors.joining());
    }
}
