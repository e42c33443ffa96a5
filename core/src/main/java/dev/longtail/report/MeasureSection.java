package dev.longtail.report;

import dev.longtail.metrics.Interval;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Metrics.AtCutoff;
import dev.longtail.metrics.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measures of a model with intervals and by band, and their differences from another model's. */
final class MeasureSection {

    /** Below this p-value a difference is called one. */
    private static final double SIGNIFICANT = 0.05;

    private final Report report;
    private final Metrics metrics;

    MeasureSection(Report report) {
        this.report = report;
        this.metrics = report.model().metrics();
    }

    void write(Html page) {
        page.section("measures", "Measures");
        List<String> header = new ArrayList<>(List.of("% of " + Numbers.count(metrics.examples()) + " examples"));
        metrics.cutoffs().forEach(at -> header.add("@" + at.k()));
        page.table("Measures of " + report.model().name(), header);
        row(page, "P", AtCutoff::precision);
        row(page, "nDCG", AtCutoff::ndcg);
        row(page, "R", AtCutoff::recall);
        row(page, "PSP", AtCutoff::propensityScored);
        row(page, "macro F1", AtCutoff::macroF1);
        row(page, "coverage", AtCutoff::coverage);
        page.endTable();
        page.element(
                "p",
                "P: share of the first k suggestions that are right. nDCG: the same, earlier ranks counting more. R:"
                        + " share of the true labels found. PSP: precision with rare labels counting more, A = "
                        + metrics.propensity().a() + " and B = "
                        + metrics.propensity().b()
                        + ", normalised by what a perfect ranking gets. Macro F1: mean over all labels. Coverage: share"
                        + " of the labels in the test set that were found at least once. " + intervals());
        bands(page);
        page.endSection();
    }

    private String intervals() {
        return "In brackets: " + level() + " intervals from "
                + Numbers.count(report.bootstrap().resamples()) + " bootstrap resamples of the examples.";
    }

    private String level() {
        return String.format(Locale.ROOT, "%.4g %%", 100 * report.bootstrap().level())
                .replaceAll("\\.?0+ %", " %");
    }

    private void row(Html page, String name, ToDoubleFunction<AtCutoff> measure) {
        List<String> row = new ArrayList<>(List.of(name));
        for (AtCutoff at : metrics.cutoffs()) {
            Interval interval = metrics.intervals().get(name + "@" + at.k());
            String brackets = interval == null
                    ? ""
                    : " [" + Numbers.percent(interval.low()) + ", " + Numbers.percent(interval.high()) + "]";
            row.add(Numbers.percent(measure.applyAsDouble(at)) + brackets);
        }
        page.row(row);
    }

    private void bands(Html page) {
        List<String> header = new ArrayList<>(List.of("labels by frequency", "training examples", "labels"));
        metrics.cutoffs().forEach(at -> header.add("P@" + at.k()));
        metrics.cutoffs().forEach(at -> header.add("R@" + at.k()));
        page.table("By training frequency of the labels, %", header);
        metrics.bands().labels().forEach((band, labels) -> {
            List<String> row = new ArrayList<>(List.of(band.toString(), range(metrics.bands(), band.ordinal())));
            row.add(Numbers.count(labels));
            metrics.cutoffs()
                    .forEach(at -> row.add(
                            Numbers.percent(at.bands().get(band.ordinal()).precision())));
            metrics.cutoffs()
                    .forEach(at -> row.add(
                            Numbers.percent(at.bands().get(band.ordinal()).recall())));
            page.row(row);
        });
        page.endTable();
        page.element(
                "p",
                "Each band holds about a third of the label occurrences in the training data. P: part of P@k that is"
                        + " hits of the band, the three add up. R: share of the band's true labels that was found.");
    }

    private static String range(LabelBands bands, int band) {
        int from = band == 0 ? bands.headFrom() : bands.middleFrom();
        if (from == Integer.MAX_VALUE) {
            return band == 2 ? "any" : "none";
        }
        return band == 2 ? "below " + Numbers.count(from) : Numbers.count(from) + " or more";
    }

    void writeComparison(Html page, Comparison comparison) {
        String name = report.model().name();
        String other = comparison.other().name();
        page.section("comparison", "Compared with " + other);
        page.table(
                "Difference, points of percent",
                List.of("", name + ", %", other + ", %", "difference", level() + " interval", "p", "reading"));
        for (PairedDifference difference : comparison.differences()) {
            page.row(List.of(
                    difference.name(),
                    Numbers.percent(difference.first()),
                    Numbers.percent(difference.second()),
                    Numbers.points(difference.difference()),
                    "[" + Numbers.points(difference.interval().low()) + ", "
                            + Numbers.points(difference.interval().high()) + "]",
                    Numbers.pValue(difference.pValue()),
                    reading(difference)));
        }
        page.endTable();
        page.element(
                "p",
                "Difference: " + name + " minus " + other + ", on the same examples. Interval and p come from a paired"
                        + " bootstrap, " + Numbers.count(report.bootstrap().resamples())
                        + " resamples that draw the same examples for both. p: how often a difference as large would"
                        + " come about by the choice of examples if the models were equally good; not corrected for"
                        + " several measures being tested. It says nothing about other seeds or other data.");
        page.endSection();
    }

    private static String reading(PairedDifference difference) {
        if (difference.pValue() >= SIGNIFICANT) {
            return "no clear difference";
        }
        return difference.difference() > 0 ? "better" : "worse";
    }
}
