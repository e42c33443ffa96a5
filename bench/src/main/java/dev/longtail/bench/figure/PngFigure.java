package dev.longtail.bench.figure;

import dev.longtail.figure.Figure;
import dev.longtail.figure.Palette;
import dev.longtail.figure.Scale;
import dev.longtail.figure.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A figure as PNG, drawn without a screen. */
public final class PngFigure {

    /** Pixels. */
    public static final int WIDTH = 1200;

    /** Pixels. */
    public static final int HEIGHT = 720;

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.SQUARE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS,
            SeriesMarkers.PLUS,
            SeriesMarkers.TRAPEZOID);
    private static final Color INK = new Color(0x22, 0x22, 0x22);
    private static final Color GRID = new Color(0xe2, 0xe2, 0xe2);

    private PngFigure() {}

    /** Writes {@code NAME.png} into a folder, which is made where it is missing, and returns its path. */
    public static Path write(Figure figure, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(figure.name() + ".png");
        ImageIO.write(BitmapEncoder.getBufferedImage(chart(figure)), "png", file.toFile());
        return file;
    }

    private static XYChart chart(Figure figure) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(figure.title())
                .xAxisTitle(figure.x().title())
                .yAxisTitle(figure.y().title())
                .build();
        style(chart.getStyler(), figure);
        for (int i = 0; i < figure.series().size(); i++) {
            add(chart, figure.series().get(i), i);
        }
        return chart;
    }

    private static void add(XYChart chart, Series series, int number) {
        double[] x = series.points().stream().mapToDouble(Series.Point::x).toArray();
        double[] y = series.points().stream().mapToDouble(Series.Point::y).toArray();
        double[] spread =
                series.points().stream().mapToDouble(Series.Point::spread).toArray();
        boolean spreads = series.points().stream().anyMatch(point -> point.spread() > 0);
        XYSeries added = spreads ? chart.addSeries(series.name(), x, y, spread) : chart.addSeries(series.name(), x, y);
        added.setLineColor(light(number));
        added.setMarkerColor(light(number));
        added.setMarker(series.marked() ? MARKERS.get(number) : SeriesMarkers.NONE);
        added.setLineStyle(
                series.reference()
                        ? new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {9, 7}, 0)
                        : new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    static Color light(int series) {
        return Color.decode(Palette.LIGHT.get(series));
    }

    private static void style(XYStyler style, Figure figure) {
        Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
        style.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(18)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 24))
                .setChartTitlePadding(14)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendFont(text)
                .setLegendBorderColor(Color.WHITE)
                .setLegendPadding(14)
                .setLegendSeriesLineLength(36)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setMarkerSize(12)
                .setAntiAlias(true);
        style.setAxisTitleFont(text);
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
        style.setAxisTickLabelsColor(INK);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setErrorBarsColorSeriesColor(true);
        style.setYAxisTickMarkSpacingHint(70);
        style.setXAxisLogarithmic(figure.x().logarithmic());
        style.setYAxisLogarithmic(figure.y().logarithmic());
        style.setXAxisMin(figure.xScale().low());
        style.setXAxisMax(figure.xScale().high());
        style.setYAxisMin(figure.yScale().low());
        style.setYAxisMax(figure.yScale().high());
        style.setXAxisTickLabelsFormattingFunction(Scale::text);
        style.setYAxisTickLabelsFormattingFunction(Scale::text);
    }
}
