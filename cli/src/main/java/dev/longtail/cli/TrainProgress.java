package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.direct.DirectArm;
import dev.longtail.metrics.Metrics;
import dev.longtail.model.Mixture;
import dev.longtail.train.DirectReport;
import dev.longtail.train.EpochReport;
import dev.longtail.train.StepReport;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Rates, times and the best quality so far of a training run; used by one thread. */
final class TrainProgress {

    private final LongSupplier nanos;
    private final long start;
    private long epochStart;
    private StepReport step = new StepReport(1, 1, 0, 1, 0);
    private String quality = "";
    private double best = Double.NEGATIVE_INFINITY;

    /** @param nanos a clock */
    TrainProgress(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.epochStart = start;
    }

    void step(StepReport report) {
        step = report;
    }

    /** One line about the epoch. */
    String epoch(EpochReport report) {
        long now = nanos.getAsLong();
        double seconds = (now - epochStart) / 1e9;
        epochStart = now;
        report.validation().ifPresent(metrics -> quality(metrics, report.best()));
        String measures = report.validation()
                .map(metrics -> String.format(
                        Locale.ROOT,
                        ", validation P@1 %.2f %%, P@5 %.2f %%%s",
                        100 * metrics.at(1).precision(),
                        100 * metrics.at(5).precision(),
                        report.best() ? " (best so far)" : ""))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "epoch %d of at most %d: loss %.4f%s%s, %s",
                report.epoch(),
                step.maxEpochs(),
                report.loss(),
                auxiliary(report),
                measures,
                Texts.seconds(seconds));
    }

    /** What of the direct arm is being done. */
    static String title(DirectReport report) {
        return switch (report.part()) {
            case CANDIDATES -> "candidates";
            case LABELS -> "direct arm, labels";
        };
    }

    static String figures(DirectReport report) {
        String things = report.part() == DirectReport.Part.CANDIDATES ? " examples" : " labels";
        return Texts.count(report.done()) + " of " + Texts.count(report.all()) + things;
    }

    /** One line about a counted association arm. */
    static String association(AssociationArm arm) {
        return String.format(
                Locale.ROOT, "association arm: %,d connections of %,d features", arm.size(), arm.features());
    }

    /** One line about a finished direct arm. */
    static String direct(DirectArm arm) {
        return String.format(Locale.ROOT, "direct arm: %,d weights over %,d features", arm.size(), arm.features());
    }

    /** One line about what each arm counts. */
    static String mixture(Mixture mixture) {
        return "score: " + mixture;
    }

    private static String auxiliary(EpochReport report) {
        return report.auxiliaryLoss() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", auxiliary loss %.4f (weight now %.3f)",
                        report.auxiliaryLoss(),
                        report.auxiliaryWeight());
    }

    private void quality(Metrics metrics, boolean isBest) {
        double current = metrics.at(1).precision();
        best = isBest ? current : best;
        quality = String.format(Locale.ROOT, "P@1 %.1f%%, best %.1f%%", 100 * current, 100 * best);
    }

    int epoch() {
        return step.epoch();
    }

    int maxEpochs() {
        return step.maxEpochs();
    }

    /** Share of the epoch that is done. */
    double shareOfEpoch() {
        return (double) step.examples() / Math.max(1, step.allExamples());
    }

    /** Share of the run that is done, if it makes all its epochs. */
    double share() {
        return (step.epoch() - 1 + shareOfEpoch()) / step.maxEpochs();
    }

    /** Speed, loss, quality and time left, for the line of the running epoch. */
    String figures() {
        double inEpoch = Math.max(1e-9, (nanos.getAsLong() - epochStart) / 1e9);
        double run = (nanos.getAsLong() - start) / 1e9;
        double left = share() > 0 ? run * (1 - share()) / share() : 0;
        String text = String.format(Locale.ROOT, "%.0f examples/s  loss %.4f", step.examples() / inEpoch, step.loss());
        return text + (quality.isEmpty() ? "" : "  " + quality) + "  " + Texts.clock(left) + " left";
    }
}
