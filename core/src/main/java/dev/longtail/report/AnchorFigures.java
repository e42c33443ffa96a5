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

    /** Objects that a band has at least to be drawn: shares of fewer are chance. */
    private static final int ENOUGH = 10;

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
                        + " counts. Where there are many links, a point stands for a range of numbers.",
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
                if (band.from() > 0 && band.objects() >= ENOUGH) {
                    points.add(new Series.Point(band.from(), 100 * band.zeroShare(), 0));
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
                                + " can seldom tell what it is like, so the line should fall. A point stands for all"
                                + " from there"
                                + " to the next one; those of fewer than " + ENOUGH + " objects are left out.",
                        Axis.logarithmic(reports.get(0).objects().seenIn() + ", at least"),
                        Axis.linear("without a link, %"),
                        lines))
                : Optional.empty();
    }
}
