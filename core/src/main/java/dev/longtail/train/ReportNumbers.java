package dev.longtail.train;

import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Metrics.AtCutoff;
import dev.longtail.metrics.Metrics.InBand;
import dev.longtail.metrics.Propensity;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of epochs as numbers and back, without a loss; whole numbers are below 2^53. */
final class ReportNumbers {

    private final double[] numbers;
    private int at;

    private ReportNumbers(double[] numbers) {
        this.numbers = numbers;
    }

    /** Numbers of some reports. Confidence intervals, which training does not ask for, are not among them. */
    static double[] of(List<EpochReport> reports) {
        DoubleArrayList out = new DoubleArrayList();
        out.add(reports.size());
        for (EpochReport report : reports) {
            out.add(report.epoch());
            out.add(report.loss());
            out.add(report.moved());
            out.add(report.auxiliaryWeight());
            out.add(report.auxiliaryLoss());
            out.add(report.best() ? 1 : 0);
            out.add(report.validation().isPresent() ? 1 : 0);
            report.validation().ifPresent(metrics -> put(metrics, out));
        }
        return out.toDoubleArray();
    }

    private static void put(Metrics metrics, DoubleArrayList out) {
        out.add(metrics.examples());
        out.add(metrics.examplesWithoutTruth());
        out.add(metrics.propensity().a());
        out.add(metrics.propensity().b());
        out.add(metrics.bands().headFrom());
        out.add(metrics.bands().middleFrom());
        for (Band band : Band.values()) {
            out.add(metrics.bands().labels().getOrDefault(band, 0));
        }
        out.add(metrics.cutoffs().size());
        for (AtCutoff cutoff : metrics.cutoffs()) {
            out.add(cutoff.k());
            out.add(cutoff.precision());
            out.add(cutoff.ndcg());
            out.add(cutoff.recall());
            out.add(cutoff.propensityScored());
            out.add(cutoff.rawPropensityScored());
            out.add(cutoff.macroF1());
            out.add(cutoff.coverage());
            out.add(cutoff.bands().size());
            for (InBand in : cutoff.bands()) {
                out.add(in.band().ordinal());
                out.add(in.precision());
                out.add(in.recall());
                out.add(in.examples());
            }
        }
    }

    /** The reports that these numbers are of. */
    static List<EpochReport> reports(double[] numbers) {
        ReportNumbers in = new ReportNumbers(numbers);
        List<EpochReport> reports = new ArrayList<>();
        for (int left = in.whole(); left > 0; left--) {
            int epoch = in.whole();
            double loss = in.next();
            long moved = (long) in.next();
            double weight = in.next();
            double auxiliaryLoss = in.next();
            boolean best = in.whole() == 1;
            Optional<Metrics> metrics = in.whole() == 1 ? Optional.of(in.metrics()) : Optional.empty();
            reports.add(new EpochReport(epoch, loss, moved, weight, auxiliaryLoss, metrics, best));
        }
        return reports;
    }

    private double next() {
        return numbers[at++];
    }

    private int whole() {
        return (int) next();
    }

    private Metrics metrics() {
        int examples = whole();
        int withoutTruth = whole();
        Propensity propensity = new Propensity(next(), next());
        int headFrom = whole();
        int middleFrom = whole();
        Map<Band, Integer> labels = new EnumMap<>(Band.class);
        for (Band band : Band.values()) {
            labels.put(band, whole());
        }
        List<AtCutoff> cutoffs = new ArrayList<>();
        for (int left = whole(); left > 0; left--) {
            cutoffs.add(new AtCutoff(whole(), next(), next(), next(), next(), next(), next(), next(), bands()));
        }
        return new Metrics(
                examples, withoutTruth, propensity, new LabelBands(headFrom, middleFrom, labels), cutoffs, Map.of());
    }

    private List<InBand> bands() {
        List<InBand> bands = new ArrayList<>();
        for (int left = whole(); left > 0; left--) {
            bands.add(new InBand(Band.values()[whole()], next(), next(), whole()));
        }
        return bands;
    }
}
