package dev.longtail.train;

import dev.longtail.metrics.Band;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.TableFacts;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports of epochs of a rating model as numbers and back, without a loss. */
final class RatingReportNumbers {

    private RatingReportNumbers() {}

    /** Numbers of some reports. */
    static double[] of(List<RatingEpochReport> reports) {
        DoubleArrayList out = new DoubleArrayList();
        out.add(reports.size());
        for (RatingEpochReport report : reports) {
            out.add(report.epoch());
            out.add(report.loss());
            out.add(report.seconds());
            out.add(report.best() ? 1 : 0);
            put(report.users(), out);
            put(report.items(), out);
            out.add(report.objective().isPresent() ? 1 : 0);
            report.objective().ifPresent(out::add);
            out.add(report.validation().isPresent() ? 1 : 0);
            report.validation().ifPresent(metrics -> put(metrics, out));
        }
        return out.toDoubleArray();
    }

    private static void put(TableFacts facts, DoubleArrayList out) {
        out.add(facts.parameters());
        out.add(facts.anchors());
        out.add(facts.nonZeros());
    }

    private static void put(RatingMetrics metrics, DoubleArrayList out) {
        out.add(metrics.ratings());
        out.add(metrics.mse());
        out.add(metrics.mae());
        out.add(metrics.bands().size());
        metrics.bands().forEach((band, in) -> {
            out.add(band.ordinal());
            out.add(in.ratings());
            out.add(in.mse());
        });
    }

    /** The reports that these numbers are of. */
    static List<RatingEpochReport> reports(double[] numbers) {
        NumberReader in = new NumberReader(numbers);
        List<RatingEpochReport> reports = new ArrayList<>();
        for (int left = in.whole(); left > 0; left--) {
            int epoch = in.whole();
            double loss = in.next();
            double seconds = in.next();
            boolean best = in.yes();
            TableFacts users = facts(in);
            TableFacts items = facts(in);
            OptionalDouble objective = in.yes() ? OptionalDouble.of(in.next()) : OptionalDouble.empty();
            Optional<RatingMetrics> metrics = in.yes() ? Optional.of(metrics(in)) : Optional.empty();
            reports.add(new RatingEpochReport(epoch, loss, metrics, objective, users, items, seconds, best));
        }
        return reports;
    }

    private static TableFacts facts(NumberReader in) {
        return new TableFacts(in.count(), in.whole(), in.count());
    }

    private static RatingMetrics metrics(NumberReader in) {
        long ratings = in.count();
        double mse = in.next();
        double mae = in.next();
        Map<Band, RatingMetrics.InBand> bands = new EnumMap<>(Band.class);
        for (int left = in.whole(); left > 0; left--) {
            bands.put(Band.values()[in.whole()], new RatingMetrics.InBand(in.count(), in.next()));
        }
        return new RatingMetrics(ratings, mse, mae, bands);
    }
}
