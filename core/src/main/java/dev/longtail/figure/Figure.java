package dev.longtail.figure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A plot of lines.
 *
 * @param name        short, of letters, digits and hyphens: the name of its file
 * @param title       what it shows
 * @param description what can be read from it, a sentence or two
 * @param x           horizontal axis
 * @param y           vertical axis
 * @param series      at least one, each with at least one point, all values finite
 */
public record Figure(String name, String title, String description, Axis x, Axis y, List<Series> series) {

    public Figure {
        series = List.copyOf(series);
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException("a figure's name is made of a-z, 0-9 and -, got '" + name + "'");
        }
        if (series.isEmpty() || series.stream().anyMatch(each -> each.points().isEmpty())) {
            throw new IllegalArgumentException("figure " + name + " has no series, or one without points");
        }
        if (series.size() > Palette.SIZE) {
            throw new IllegalArgumentException("figure " + name + " has " + series.size() + " series, at most "
                    + Palette.SIZE + " can be told apart");
        }
        check(name, x, series, Series.Point::x);
        check(name, y, series, Series.Point::y);
    }

    private static void check(String name, Axis axis, List<Series> series, ToDoubleFunction<Series.Point> part) {
        for (Series each : series) {
            for (Series.Point point : each.points()) {
                double value = part.applyAsDouble(point);
                if (!Double.isFinite(value) || (axis.logarithmic() && value <= 0)) {
                    throw new IllegalArgumentException("figure " + name + ", series " + each.name() + ": " + value
                            + " cannot stand on axis " + axis.title());
                }
            }
        }
    }

    /** The range of all x. */
    public Scale xScale() {
        return Scale.of(x, points().mapToDouble(Series.Point::x));
    }

    /** The range of all y with their spreads. */
    public Scale yScale() {
        return Scale.of(
                y,
                points().flatMapToDouble(point -> y.logarithmic()
                        ? DoubleStream.of(point.y())
                        : DoubleStream.of(point.y() - point.spread(), point.y() + point.spread())));
    }

    private Stream<Series.Point> points() {
        return series.stream().flatMap(each -> each.points().stream());
    }
}
