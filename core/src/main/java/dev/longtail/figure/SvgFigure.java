package dev.longtail.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A figure as an SVG element for a page: colours are the page's, names stand at the ends of the lines, and every point
 * tells its values when it is pointed at. Needs no script.
 */
final class SvgFigure {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 440;
    private static final int LEFT = 74;
    private static final int RIGHT = 210;
    private static final int TOP = 16;
    private static final int BOTTOM = 58;
    private static final int LINE = 18;

    private final StringBuilder svg = new StringBuilder();
    private final Figure figure;
    private final Scale x;
    private final Scale y;

    private SvgFigure(Figure figure) {
        this.figure = figure;
        this.x = figure.xScale();
        this.y = figure.yScale();
    }

    static String of(Figure figure) {
        return new SvgFigure(figure).draw();
    }

    private String draw() {
        add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-text\">",
                WIDTH, HEIGHT, name(), name());
        add("<title id=\"%s-title\">%s</title>", name(), escape(figure.title()));
        add("<desc id=\"%s-text\">%s</desc>", name(), escape(figure.description()));
        axes();
        for (int i = 0; i < figure.series().size(); i++) {
            series(figure.series().get(i), i);
        }
        names();
        return svg.append("</svg>\n").toString();
    }

    private String name() {
        return figure.name();
    }

    private void axes() {
        for (double tick : x.ticks()) {
            add(
                    "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>",
                    x(tick), TOP, HEIGHT - BOTTOM);
            text(x(tick), number(HEIGHT - BOTTOM + 20), "middle", Scale.text(tick));
        }
        for (double tick : y.ticks()) {
            add("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$s\" y2=\"%3$s\"/>", LEFT, WIDTH - RIGHT, y(tick));
            text(number(LEFT - 9), number(yPosition(tick) + 4.5), "end", Scale.text(tick));
        }
        text(
                number((LEFT + WIDTH - RIGHT) / 2.0),
                number(HEIGHT - 12),
                "middle",
                figure.x().title());
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        add(
                "<text transform=\"translate(18 %s) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                number(middle), escape(figure.y().title()));
    }

    private void series(Series series, int number) {
        StringBuilder path = new StringBuilder();
        for (Series.Point point : series.points()) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(x(point.x()))
                    .append(' ')
                    .append(y(point.y()));
        }
        add("<g class=\"s%d\">", number);
        add("<path class=\"%s\" d=\"%s\"/>", series.reference() ? "line reference" : "line", path);
        for (Series.Point point : series.points()) {
            point(series, number, point);
        }
        add("</g>");
    }

    private void point(Series series, int number, Series.Point point) {
        double low =
                figure.y().logarithmic() ? Math.max(point.y() - point.spread(), y.low()) : point.y() - point.spread();
        if (point.spread() > 0) {
            String at = x(point.x());
            String high = y(Math.min(point.y() + point.spread(), y.high()));
            add("<path class=\"spread\" d=\"M%s %sV%s\"/>", at, y(low), high);
        }
        if (series.marked()) {
            String spread = point.spread() > 0 ? " ± " + Scale.text(point.spread()) : "";
            add(
                    "<path class=\"mark\" transform=\"translate(%s %s)\" d=\"%s\"><title>%s: %s, %s%s</title></path>",
                    x(point.x()),
                    y(point.y()),
                    marker(number),
                    escape(series.name()),
                    Scale.text(point.x()),
                    Scale.text(point.y()),
                    spread);
        }
    }

    private static String marker(int number) {
        return switch (number) {
            case 0 -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0";
            case 1 -> "M-4.5 -4.5h9v9h-9z";
            case 2 -> "M0 -6.5L6.5 0L0 6.5L-6.5 0z";
            case 3 -> "M0 -6L6 5H-6z";
            case 4 -> "M0 6L6 -5H-6z";
            case 5 -> "M-5 -5L5 5M-5 5L5 -5";
            case 6 -> "M0 -6V6M-6 0H6";
            default -> "M-6 -3h12v6h-12z";
        };
    }

    /** A name to the right of each line's last point, moved apart where they would cover each other. */
    private void names() {
        record Place(int series, double wanted) {}
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < figure.series().size(); i++) {
            List<Series.Point> points = figure.series().get(i).points();
            places.add(new Place(i, yPosition(points.get(points.size() - 1).y())));
        }
        places.sort(Comparator.comparingDouble(Place::wanted));
        double[] at = new double[places.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(places.get(i).wanted(), i == 0 ? TOP + 6 : at[i - 1] + LINE);
        }
        double lowest = HEIGHT - BOTTOM;
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = Math.min(at[i], lowest);
            lowest = at[i] - LINE;
        }
        for (int i = 0; i < at.length; i++) {
            int number = places.get(i).series();
            Series series = figure.series().get(number);
            add("<g class=\"s%d\">", number);
            double from = WIDTH - RIGHT + 4;
            add(
                    "<path class=\"leader\" d=\"M%s %sL%s %s\"/>",
                    number(from), number(places.get(i).wanted()), number(from + 14), number(at[i]));
            if (!series.reference()) {
                add(
                        "<path class=\"mark\" transform=\"translate(%s %s)\" d=\"%s\"/>",
                        number(from + 24), number(at[i]), marker(number));
            }
            add(
                    "<text class=\"name\" x=\"%s\" y=\"%s\">%s</text>",
                    number(from + 36), number(at[i] + 4.5), escape(series.name()));
            add("</g>");
        }
    }

    private String x(double value) {
        return number(LEFT + x.position(value) * (WIDTH - LEFT - RIGHT));
    }

    private String y(double value) {
        return number(yPosition(value));
    }

    private double yPosition(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void text(String atX, String atY, String anchor, String content) {
        add("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>", atX, atY, anchor, escape(content));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String text) {
        return FigureHtml.escape(text);
    }
}
