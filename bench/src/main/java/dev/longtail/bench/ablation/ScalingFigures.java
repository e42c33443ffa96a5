package dev.longtail.bench.ablation;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Time and memory of training steps by number of labels, from a file with the {@link #COLUMNS}. */
public final class ScalingFigures {

    /** First line of the file. */
    public static final String COLUMNS = "series,labels,fanIn,slots,secondsPerStep,cpuSecondsPerStep,peakRssBytes";

    private ScalingFigures() {}

    private record Row(long labels, int fanIn, double slots, double seconds, double bytes) {}

    /**
     * Both figures.
     *
     * @throws IOException when the file does not have the columns above
     */
    public static List<Figure> figures(Path file) throws IOException {
        List<Row> rows = read(file);
        List<Series> times = byFanIn(rows, Row::seconds);
        times.add(proportional(rows));
        return List.of(
                new Figure(
                        "label-scaling-seconds",
                        "Time of a training step against connections",
                        "The dashed line is proportional to the connections and passes through the largest run.",
                        Axis.logarithmic("connections of the output layer (labels × fan-in)"),
                        Axis.logarithmic("seconds per step"),
                        times),
                new Figure(
                        "label-scaling-memory",
                        "Peak memory of training against connections",
                        "Resident memory of the process, all of it included.",
                        Axis.logarithmic("connections of the output layer (labels × fan-in)"),
                        Axis.logarithmic("peak resident memory, GB"),
                        byFanIn(rows, row -> row.bytes() / 1e9)));
    }

    private static List<Series> byFanIn(List<Row> rows, ToDoubleFunction<Row> value) {
        Map<Integer, List<Series.Point>> points = new LinkedHashMap<>();
        for (Row row : rows) {
            points.computeIfAbsent(row.fanIn(), fanIn -> new ArrayList<>())
                    .add(new Series.Point(row.slots(), value.applyAsDouble(row), 0));
        }
        List<Series> series = new ArrayList<>();
        points.forEach((fanIn, each) -> series.add(new Series("fan-in " + fanIn, each, false)));
        return series;
    }

    private static Series proportional(List<Row> rows) {
        Row largest = rows.stream().max(Comparator.comparingDouble(Row::slots)).orElseThrow();
        double least = rows.stream().mapToDouble(Row::slots).min().orElseThrow();
        double rate = largest.seconds() / largest.slots();
        return new Series(
                "proportional",
                List.of(
                        new Series.Point(least, rate * least, 0),
                        new Series.Point(largest.slots(), largest.seconds(), 0)),
                true);
    }

    private static List<Row> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.size() < 2 || !lines.get(0).equals(COLUMNS)) {
            throw new IOException(file + " must start with the line " + COLUMNS + " and hold a row");
        }
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            try {
                rows.add(new Row(
                        Long.parseLong(cells[1]),
                        Integer.parseInt(cells[2]),
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4]),
                        Double.parseDouble(cells[6])));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(file + ", line " + (rows.size() + 2) + " is no row of numbers: " + line, e);
            }
        }
        return rows;
    }
}
