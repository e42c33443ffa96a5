package dev.longtail.cli;

import dev.longtail.metrics.Interval;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Metrics.AtCutoff;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Metrics as people read them: in percent, one row a measure, one column a cut-off. */
final class MetricTables {

    private final Metrics metrics;

    MetricTables(Metrics metrics) {
        this.metrics = metrics;
    }

    void print(PrintWriter out) {
        measures().print(out);
        out.println();
        bands().print(out);
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "PSP with A = %s and B = %s, normalised by what a perfect ranking gets; raw PSP is not.",
                metrics.propensity().a(),
                metrics.propensity().b()));
        if (!metrics.intervals().isEmpty()) {
            out.println("In brackets: 95 % bootstrap intervals over examples.");
        }
        if (metrics.examplesWithoutTruth() > 0) {
            out.println(Texts.count(metrics.examplesWithoutTruth()) + " examples without any label were not measured.");
        }
    }

    private Table measures() {
        List<String> header = new ArrayList<>(List.of("% of " + Texts.count(metrics.examples()) + " examples"));
        metrics.cutoffs().forEach(at -> header.add("@" + at.k()));
        Table table = Table.ofNumbers(header.toArray(String[]::new));
        table.row(row("P", AtCutoff::precision));
        table.row(row("nDCG", AtCutoff::ndcg));
        table.row(row("R", AtCutoff::recall));
        table.row(row("PSP", AtCutoff::propensityScored));
        table.row(rawRow());
        table.row(row("macro F1", AtCutoff::macroF1));
        return table.row(row("coverage", AtCutoff::coverage));
    }

    private List<String> row(String name, ToDoubleFunction<AtCutoff> measure) {
        List<String> row = new ArrayList<>(List.of(name));
        for (AtCutoff at : metrics.cutoffs()) {
            Interval interval = metrics.intervals().get(name + "@" + at.k());
            String brackets = interval == null
                    ? ""
                    : " [" + Texts.percent(interval.low()) + ", " + Texts.percent(interval.high()) + "]";
            row.add(Texts.percent(measure.applyAsDouble(at)) + brackets);
        }
        return row;
    }

    // A mean of inverse propensities, which are above 1, so no share of anything.
    private List<String> rawRow() {
        List<String> row = new ArrayList<>(List.of("raw PSP, no %"));
        metrics.cutoffs().forEach(at -> row.add(String.format(Locale.ROOT, "%.4f", at.rawPropensityScored())));
        return row;
    }

    /** One row a band of labels: what it adds to P@k, and how many of its true labels are found. */
    private Table bands() {
        List<String> header = new ArrayList<>(List.of("labels by frequency", "labels"));
        metrics.cutoffs().forEach(at -> header.add("P@" + at.k()));
        metrics.cutoffs().forEach(at -> header.add("R@" + at.k()));
        Table table = Table.ofNumbers(header.toArray(String[]::new));
        metrics.bands().labels().forEach((band, labels) -> {
            List<String> row = new ArrayList<>(List.of(name(band.ordinal()), Texts.count(labels)));
            metrics.cutoffs()
                    .forEach(at ->
                            row.add(Texts.percent(at.bands().get(band.ordinal()).precision())));
            metrics.cutoffs()
                    .forEach(at ->
                            row.add(Texts.percent(at.bands().get(band.ordinal()).recall())));
            table.row(row);
        });
        return table;
    }

    private String name(int band) {
        return bandNames(metrics.bands()).get(band);
    }

    /** Names of head, middle and tail with their frequencies. */
    static List<String> bandNames(LabelBands bands) {
        String head = bands.headFrom() == Integer.MAX_VALUE ? "" : " (" + Texts.count(bands.headFrom()) + " or more)";
        String middle =
                bands.middleFrom() == Integer.MAX_VALUE ? "" : " (" + Texts.count(bands.middleFrom()) + " or more)";
        return List.of("head" + head, "middle" + middle, "tail");
    }
}
