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

/** Reports of epochs as numbers and back, without a loss. */
final class ReportNumbers {

    private ReportNumbers() {}

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
        NumberReader in = new NumberReader(numbers);
        List<EpochReport> reports = new ArrayList<>();
        for (int left = in.whole(); left > 0; left--) {
            int epoch = in.whole();
            double loss = in.next();
            long moved = in.count();
            double weight = in.next();
            double auxiliaryLoss = in.next();
            boolean best = in.yes();
            Optional<Metrics> metrics = in.yes() ? Optional.of(metrics(in)) : Optional.empty();
            reports.add(new EpochReport(epoch, loss, moved, weight, auxiliaryLoss, metrics, best));
        }
        return reports;
    }

    private static Metrics metrics(NumberReader in) {
        int examples = in.whole();
        int withoutTruth = in.whole();
        Propensity propensity = new Propensity(in.next(), in.next());
        int headFrom = in.whole();
        int middleFrom = in.whole();
        Map<Band, Integer> labels = new EnumMap<>(Band.class);
        for (Band band : Band.values()) {
            labels.put(band, in.whole());
        }
        List<AtCutoff> cutoffs = new ArrayList<>();
        for (int left = in.whole(); left > 0; left--) {
            cutoffs.add(new AtCutoff(
                    in.whole(),
                    in.next(),
                    in.next(),
                    in.next(),
                    in.next(),
                    in.next(),
                    in.next(),
                    in.next(),
                    bands(in)));
        }
        return new Metrics(
                examples, withoutTruth, propensity, new LabelBands(headFrom, middleFrom, labels), cutoffs, Map.of());
    }

    private static List<InBand> bands(NumberReader in) {
        List<InBand> bands = new ArrayList<>();
        for (int left = in.whole(); left > 0; left--) {
            bands.add(new InBand(Band.values()[in.whole()], in.next(), in.next(), in.whole()));
        }
        return bands;
    }
}
