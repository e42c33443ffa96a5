package dev.longtail.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Points that belong together.
 *
 * @param name      for the legend
 * @param points    by ascending x
 * @param reference whether this is a level or a line to compare with, drawn dashed and without markers
 */
public record Series(String name, List<Point> points, boolean reference) {

    public Series {
        points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }

    /**
     * A point.
     *
     * @param spread how far the value may lie above or below, 0 where that is not known
     */
    public record Point(double x, double y, double spread) {}

    /** Points without spread. */
    public static Series of(String name, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("series " + name + ": " + x.length + " x, " + y.length + " y");
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(new Point(x[i], y[i], 0));
        }
        return new Series(name, points, false);
    }

    /** The same value from one x to another. */
    public static Series level(String name, double from, double to, double value) {
        return new Series(name, List.of(new Point(from, value, 0), new Point(to, value, 0)), true);
    }

    /** Whether the points are few enough to mark each. */
    public boolean marked() {
        return !reference && points.size() <= 30;
    }
}
