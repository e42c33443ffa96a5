package dev.longtail.report;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.FigureHtml;
import dev.longtail.figure.Series;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How loss and validation measures went from epoch to epoch, as far as the model folder tells. */
final class CurveSection {

    private static final List<String> MEASURES = List.of("P@1", "P@3", "P@5", "nDCG@5", "R@5");

    private final List<ModelResult> results;

    CurveSection(List<ModelResult> results) {
        this.results = results;
    }

    void write(Html page) {
        page.section("learning", "Learning curves");
        List<Series> losses = new ArrayList<>();
        for (ModelResult result : results) {
            add(losses, result.name(), result, "loss", 1);
        }
        if (losses.isEmpty()) {
            page.element("p", "The model folder holds no history of its training; models of this version do.");
        } else {
            figure(
                    page,
                    "loss",
                    "Loss",
                    "loss",
                    "Mean of the objective over an epoch, each step before its update.",
                    losses);
        }
        for (int i = 0; i < results.size(); i++) {
            validation(page, results.get(i), i);
        }
        page.endSection();
    }

    private void validation(Html page, ModelResult result, int number) {
        List<Series> measures = new ArrayList<>();
        for (String measure : MEASURES) {
            add(measures, measure, result, measure, 100);
        }
        if (!measures.isEmpty()) {
            String text = "Measured on the validation part after each epoch; the parameters of epoch "
                    + result.stored()
                            .manifest()
                            .path("provenance")
                            .path("bestEpoch")
                            .asString("unknown")
                    + " were kept.";
            figure(page, "validation-" + number, "Validation measures of " + result.name(), "%", text, measures);
        }
    }

    private static void figure(Html page, String name, String title, String unit, String text, List<Series> series) {
        Figure figure = new Figure(name, title, text, Axis.whole("epoch"), Axis.linear(unit), series);
        page.markup(FigureHtml.section(figure, 3));
    }

    /** Adds a line where every epoch of the history has this number. */
    private static void add(List<Series> lines, String name, ModelResult result, String field, double factor) {
        JsonNode history = result.stored().manifest().path("provenance").path("history");
        double[] epochs = new double[history.size()];
        double[] values = new double[history.size()];
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] = i + 1;
            values[i] = factor * history.path(i).path(field).asDouble(Double.NaN);
            if (!Double.isFinite(values[i])) {
                return;
            }
        }
        if (epochs.length > 0) {
            lines.add(Series.of(name, epochs, values));
        }
    }
}
