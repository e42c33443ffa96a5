package dev.longtail.bench;

import dev.longtail.bench.ablation.ScalingFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Question: does the time of a training step grow linearly with labels x fan-in? Trains models of 10^4 to 10^7 labels,
 * then models of one number of labels with growing fan-in, each in a process of its own. Arguments change what is shown
 * here; {@code more} holds further options of {@code longtail bench}, joined by spaces.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.LabelScaling
 *       labels=10000,100000,1000000,10000000 fan-in=64 inputs=256 fan-ins=16,32,64,128,256 fixed-labels=500000
 * </pre>
 */
public final class LabelScaling {

    private static final Path RESULTS = Path.of("bench/results");
    private static final double SLOTS_A_RUN = 4e9; // short steps are repeated, so that compilers have done their work
    private static final int FEWEST_STEPS = 10;
    private static final int MOST_STEPS = 1000;

    private LabelScaling() {}

    private record Point(String series, long labels, long fanIn, JsonNode run) {

        long slots() {
            return labels * fanIn;
        }

        double seconds() {
            return run.path("secondsPerStep").asDouble();
        }

        double cpuSeconds() {
            return run.path("cpuSecondsPerStep").asDouble();
        }

        /** The system may not tell; then -1. */
        long peak() {
            return run.path("peakRssBytes").asLong(-1);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> chosen = new HashMap<>(Map.of(
                "labels", "10000,100000,1000000,10000000",
                "fan-in", "64",
                "inputs", "256",
                "fan-ins", "16,32,64,128,256",
                "fixed-labels", "500000",
                "more", ""));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || chosen.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("arguments are NAME=VALUE with one of " + chosen.keySet());
            }
        }
        List<Point> points = new ArrayList<>();
        for (long labels : numbers(chosen, "labels")) {
            points.add(point("labels", labels, numbers(chosen, "fan-in")[0], chosen));
        }
        for (long fanIn : numbers(chosen, "fan-ins")) {
            points.add(point("fan-in", numbers(chosen, "fixed-labels")[0], fanIn, chosen));
        }
        List<String> quoted = Arrays.stream(arguments)
                .map(argument -> argument.contains(" ") ? "'" + argument + "'" : argument)
                .toList();
        write(points, String.join(" ", quoted));
    }

    private static long[] numbers(Map<String, String> chosen, String name) {
        return Arrays.stream(chosen.getOrDefault(name, "").split(","))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static Point point(String series, long labels, long fanIn, Map<String, String> chosen)
            throws IOException, InterruptedException {
        long steps = (long) Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, SLOTS_A_RUN / (labels * fanIn)));
        List<String> options = new ArrayList<>(List.of(
                "--labels", "" + labels, "--fan-in", "" + fanIn, "--inputs", chosen.getOrDefault("inputs", "")));
        options.addAll(List.of("--steps", "" + steps));
        String more = chosen.getOrDefault("more", "");
        if (!more.isBlank()) {
            options.addAll(List.of(more.strip().split(" +")));
        }
        return new Point(series, labels, fanIn, BenchProcess.run(options));
    }

    private static void write(List<Point> points, String arguments) throws IOException {
        JsonNode first = points.get(0).run();
        String command =
                "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.LabelScaling " + arguments;
        String title = "Time of a step against labels and fan-in";
        String kernels = first.path("kernels").asString("");
        String page = Provenance.header(title, command.strip(), kernels, Provenance.machine())
                + String.format(
                        Locale.ROOT,
                        "Batch %d, %s, %s, %d hidden units, %d threads. A slot is one connection of one label.%n%n",
                        first.path("batch").asInt(),
                        first.path("optimizer").asString(""),
                        first.path("loss").asString(""),
                        first.path("hidden").asInt(),
                        first.path("threads").asInt())
                + table(points);
        System.out.print(page);
        Files.writeString(RESULTS.resolve("label-scaling.md"), page, StandardCharsets.UTF_8);
        Files.writeString(RESULTS.resolve("label-scaling.csv"), csv(points), StandardCharsets.UTF_8);
    }

    private static String table(List<Point> points) {
        StringBuilder table = new StringBuilder("| series | labels | fan-in | slots | steps | s/step | CPU s/step |"
                + " s/step per 10^9 slots | slots, times the row above | time, times the row above | peak RSS, MB |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            boolean follows = i > 0 && points.get(i - 1).series().equals(point.series());
            String growth = follows ? growth(points.get(i - 1), point) : " | ";
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %d | %,d | %d | %.5f | %.5f | %.3f | %s | %.0f |%n",
                    point.series(),
                    point.labels(),
                    point.fanIn(),
                    point.slots(),
                    point.run().path("steps").asInt(),
                    point.seconds(),
                    point.cpuSeconds(),
                    1e9 * point.seconds() / point.slots(),
                    growth,
                    point.peak() / 1e6));
        }
        return table.append(linearity(points)).toString();
    }

    private static String growth(Point before, Point after) {
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f",
                after.slots() / (double) before.slots(),
                after.seconds() / before.seconds());
    }

    private static String linearity(List<Point> points) {
        StringBuilder text = new StringBuilder("\n");
        for (String series : List.of("labels", "fan-in")) {
            List<Point> own = points.stream()
                    .filter(point -> point.series().equals(series))
                    .toList();
            Point first = own.get(0);
            Point last = own.get(own.size() - 1);
            double slots = last.slots() / (double) first.slots();
            double time = last.seconds() / first.seconds();
            double cpu = last.cpuSeconds() / first.cpuSeconds();
            text.append(String.format(
                    Locale.ROOT,
                    "Over the series %s, slots grow %,.1f times, the time of a step %,.1f times (%.2f of linear), its"
                            + " CPU time %,.1f times (%.2f of linear).%n",
                    series,
                    slots,
                    time,
                    time / slots,
                    cpu,
                    cpu / slots));
        }
        return text.toString();
    }

    private static String csv(List<Point> points) {
        StringBuilder csv = new StringBuilder(ScalingFigures.COLUMNS + "\n");
        for (Point point : points) {
            csv.append(point.series())
                    .append(',')
                    .append(point.labels())
                    .append(',')
                    .append(point.fanIn())
                    .append(',')
                    .append(point.slots())
                    .append(',')
                    .append(point.seconds())
                    .append(',')
                    .append(point.cpuSeconds())
                    .append(',')
                    .append(point.peak())
                    .append('\n');
        }
        return csv.toString();
    }
}
