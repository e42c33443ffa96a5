package dev.longtail.report;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.FigureHtml;
import dev.longtail.figure.Series;
import dev.longtail.metrics.Reliability;
import dev.longtail.metrics.Reliability.Binning;
import dev.longtail.metrics.ReliabilityBin;
import java.util.ArrayList;
import java.util.List;

/** How far the probabilities of suggestions can be trusted. */
final class ReliabilitySection {

    private static final double NORMAL_975 = 1.959964;

    private final List<ModelResult> results;

    ReliabilitySection(List<ModelResult> results) {
        this.results = results;
    }

    void write(Html page) {
        page.section("reliability", "Reliability of probabilities");
        diagram(page);
        results.forEach(result -> bins(page, result));
        errors(page);
        page.endSection();
    }

    /** Of the fewest suggestions: the first one alone, unless other numbers were asked for. */
    private static Reliability first(ModelResult result) {
        return result.reliability().get(0);
    }

    private void diagram(Html page) {
        List<Series> series = new ArrayList<>();
        for (ModelResult result : results) {
            List<Series.Point> points = new ArrayList<>();
            for (ReliabilityBin bin : first(result).bins(Binning.EQUAL_MASS, Reliability.BINS)) {
                double deviation = Math.sqrt(bin.rate() * (1 - bin.rate()) / bin.suggestions());
                points.add(new Series.Point(100 * bin.probability(), 100 * bin.rate(), 100 * NORMAL_975 * deviation));
            }
            if (!points.isEmpty()) {
                series.add(new Series(result.name(), points, false));
            }
        }
        if (series.isEmpty()) {
            page.element("p", "Nothing was suggested.");
            return;
        }
        series.add(new Series("as stated", List.of(new Series.Point(0, 0, 0), new Series.Point(100, 100, 0)), true));
        int k = first(results.get(0)).cutoff();
        String suggestions = k == 1 ? "first suggestions" : "first " + k + " suggestions";
        page.markup(FigureHtml.section(
                new Figure(
                        "reliability-diagram",
                        "How often " + suggestions + " are right",
                        "Suggestions of similar probability, about equally many in each point, and the share of them"
                                + " that is right. On the dashed line a probability says what it should; below it"
                                + " suggestions are less often right than stated. Bars: 95 % intervals of the shares.",
                        Axis.linear("stated probability, %"),
                        Axis.linear("right, %"),
                        series),
                3));
    }

    private static void bins(Html page, ModelResult result) {
        page.markup("<details><summary>").text("Numbers of " + result.name()).markup("</summary>\n");
        page.table(
                "Suggestions by stated probability",
                List.of("probability, %", "suggestions", "mean probability, %", "right, %"));
        for (ReliabilityBin bin : first(result).bins(Binning.EQUAL_MASS, Reliability.BINS)) {
            page.row(List.of(
                    Numbers.percent(bin.low()) + " to " + Numbers.percent(bin.high()),
                    Numbers.count(bin.suggestions()),
                    Numbers.percent(bin.probability()),
                    Numbers.percent(bin.rate())));
        }
        page.endTable().markup("</details>\n");
    }

    private void errors(Html page) {
        page.table(
                "Errors of probabilities, %",
                List.of("model", "suggestions", "ECE", "ECE, equal mass", "Brier score", "probabilities"));
        for (ModelResult result : results) {
            boolean calibrated = result.stored().model().calibration().isPresent();
            for (Reliability at : result.reliability()) {
                page.row(List.of(
                        result.name(),
                        "first " + at.cutoff(),
                        Numbers.percent(at.expectedCalibrationError(Binning.EQUAL_WIDTH, Reliability.BINS)),
                        Numbers.percent(at.expectedCalibrationError(Binning.EQUAL_MASS, Reliability.BINS)),
                        Numbers.percent(at.brier()),
                        calibrated ? "calibrated" : "not calibrated"));
            }
        }
        page.endTable();
        page.element(
                "p",
                "ECE, expected calibration error: how far probabilities are from the share that is right, mean over "
                        + Reliability.BINS + " bins of equal width, or of equally many suggestions. Brier score: mean"
                        + " squared distance of a probability from what came true.");
    }
}
