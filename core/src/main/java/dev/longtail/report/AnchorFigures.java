package dev.longtail.report;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.Series;
import dev.longtail.report.ZeroRows.FrequencyBand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plots of what anchor tables look like, a line for each table. */
final class AnchorFigures {

    /** Where a band without an upper limit is drawn: at twice its lowest frequency. */
    private static final double OPEN = 2;

    private AnchorFigures() {}

    /** How many objects have how many links. */
    static Figure links(List<AnchorReport> reports) {
        List<Series> lines = new ArrayList<>();
        for (AnchorReport report : reports) {
            AnchorSizes sizes = report.sizes();
            List<Series.Point> points = new ArrayList<>();
            for (CountRange range : sizes.linksARow()) {
                double share = 100.0 * range.objects() / sizes.objects();
                points.add(new Series.Point((range.from() + range.to()) / 2.0, share, 0));
            }
            lines.add(new Series(report.objects().kind(), points, false));
        }
        return new Figure(
                "links",
                "Links of an object",
                "How many of the objects have how many links. An object without any has a vector of 0: only its bias"
                        + " counts. More than 16 links are drawn in ranges, at the middle of each.",
                Axis.whole("links"),
                Axis.linear("objects, %"),
                lines);
    }

    /** How many objects have no link, by how often training saw them; empty where all have links. */
    static Optional<Figure> zeroRows(List<AnchorReport> reports) {
        List<Series> lines = new ArrayList<>();
        boolean any = false;
        for (AnchorReport report : reports) {
            List<Series.Point> points = new ArrayList<>();
            for (FrequencyBand band : report.zeroRows(0).bands()) {
                if (band.from() > 0) {
                    points.add(new Series.Point(middle(band), 100 * band.zeroShare(), 0));
                    any |= band.zero() > 0;
                }
            }
            if (!points.isEmpty()) {
                lines.add(new Series(report.objects().kind(), points, false));
            }
        }
        return any
                ? Optional.of(new Figure(
                        "zero-rows",
                        "Objects without a link, by how often training saw them",
                        "The penalty on links takes them away where they do not help. An object that was seen seldom"
                                + " can seldom tell what it is like, so the line should fall.",
                        Axis.logarithmic(reports.get(0).objects().seenIn()),
                        Axis.linear("without a link, %"),
                        lines))
                : Optional.empty();
    }

    /** Geometric mean of the ends of a band. */
    private static double middle(FrequencyBand band) {
        return band.to() == Integer.MAX_VALUE ? OPEN * band.from() : Math.sqrt((double) band.from() * band.to());
    }
}
