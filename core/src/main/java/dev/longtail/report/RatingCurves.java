package dev.longtail.report;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.FigureHtml;
import dev.longtail.figure.Series;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.train.RatingBudgetConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/** How errors, numbers of anchors and links, and the objective went from epoch to epoch, as model.json tells. */
final class RatingCurves {

    private static final String MSE = "MSE";

    private final RatingReport report;
    private final JsonNode history;

    RatingCurves(RatingReport report) {
        this.report = report;
        this.history = report.stored().manifest().path("provenance").path("history");
    }

    void write(Html page) {
        page.section("learning", "Learning curves");
        String kept =
                report.stored().manifest().path("provenance").path("bestEpoch").asString("unknown");
        page.element("p", "The parameters of epoch " + kept + " were kept.");
        List<Series> errors = new ArrayList<>();
        add(errors, "validation", RatingCurves::mse);
        add(errors, "training", epoch -> 2 * epoch.path("loss").asDouble(Double.NaN));
        figure(
                page,
                "errors",
                "Mean squared error",
                "Of the validation part after each epoch, and of the training ratings during it, each before the step"
                        + " that learns from it.",
                "mean squared error",
                errors);
        anchors(page);
        figure(
                page,
                "link-counts",
                "Number of links",
                "Entries of the transforms that are not 0 after each epoch.",
                "links",
                sides("nonZeros"));
        objective(page);
        page.endSection();
    }

    private void anchors(Html page) {
        List<Series> lines = sides("anchors");
        boolean change = lines.stream()
                .anyMatch(line -> line.points().stream()
                                .mapToDouble(Series.Point::y)
                                .distinct()
                                .count()
                        > 1);
        if (change) {
            figure(
                    page,
                    "anchor-counts",
                    "Number of anchors",
                    "Anchors after each epoch. Training adds some while the objective falls and takes some away while"
                            + " it rises.",
                    "anchors",
                    lines);
        }
    }

    private void objective(Html page) {
        RatingBudgetConfig learned = report.stored().config().train().nonparametric();
        if (report.objective().isPresent()) {
            AnchorObjective asked = report.objective().get();
            objective(page, "Validation MSE" + costs(asked), asked::value);
        } else if (learned.learned()) {
            objective(
                    page,
                    "What decided how many anchors there are: the loss on the validation part"
                            + costs(learned.budget().objective()),
                    learned::objective);
        }
    }

    /** What a model is worth by its MSE, its links and its anchors. */
    private interface Worth {
        double of(double mse, long links, long anchors);
    }

    private void objective(Html page, String text, Worth worth) {
        List<Series> lines = new ArrayList<>();
        add(lines, "objective", epoch -> worth.of(mse(epoch), sum(epoch, "nonZeros"), sum(epoch, "anchors")));
        add(lines, "loss alone", epoch -> worth.of(mse(epoch), 0, 0));
        figure(page, "objective", "Objective", text, "objective", lines);
    }

    private static String costs(AnchorObjective objective) {
        return " + " + plain(objective.lambda2()) + " × links + " + plain(objective.lambda1() - objective.lambda2())
                + " × anchors, of both tables together; less is better.";
    }

    private static String plain(double number) {
        return new BigDecimal(number, new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    private static double mse(JsonNode epoch) {
        return epoch.path(MSE).asDouble(Double.NaN);
    }

    private static long sum(JsonNode epoch, String field) {
        return epoch.path("users").path(field).asLong(0)
                + epoch.path("items").path(field).asLong(0);
    }

    private List<Series> sides(String field) {
        List<Series> lines = new ArrayList<>();
        for (String side : List.of("items", "users")) {
            add(lines, side, epoch -> epoch.path(side).path(field).asDouble(Double.NaN));
        }
        return lines;
    }

    /** Adds a line where every epoch has a number. */
    private void add(List<Series> lines, String name, ToDoubleFunction<JsonNode> value) {
        double[] epochs = new double[history.size()];
        double[] values = new double[history.size()];
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] = i + 1;
            values[i] = value.applyAsDouble(history.path(i));
            if (!Double.isFinite(values[i])) {
                return;
            }
        }
        if (epochs.length > 0) {
            lines.add(Series.of(name, epochs, values));
        }
    }

    private static void figure(Html page, String name, String title, String text, String unit, List<Series> lines) {
        if (!lines.isEmpty()) {
            Figure figure = new Figure(name, title, text, Axis.whole("epoch"), Axis.linear(unit), lines);
            page.markup(FigureHtml.section(figure, 3));
        }
    }
}
