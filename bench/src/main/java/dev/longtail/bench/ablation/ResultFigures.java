package dev.longtail.bench.ablation;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Results of grids as figures; a grid that has not been run gives none. */
final class ResultFigures {

    private static final String QUALITY = "P@1";
    private static final double EARLY = 0.1;

    private final String data;
    private final Map<String, List<Result>> grids;

    /**
     * @param data  name of the data set, for titles
     * @param grids results by name of the grid
     */
    ResultFigures(String data, Map<String, List<Result>> grids) {
        this.data = data;
        this.grids = grids;
    }

    List<Figure> all() {
        List<Figure> figures = new ArrayList<>();
        sparsity(figures);
        curves(figures);
        gradients(figures);
        moves(figures);
        cutoffs(figures);
        labels(figures);
        return figures;
    }

    private List<Result> grid(String name) {
        return grids.getOrDefault(name, List.of());
    }

    private String title(String text) {
        return text + ", " + data;
    }

    private static String axis(List<Result> results) {
        return QUALITY + " on the " + results.get(0).text("part") + " part, %";
    }

    private void sparsity(List<Figure> figures) {
        List<Result> results = grid("architecture");
        List<Result> sparse =
                where(results, result -> !result.heading(Grids.ARCHITECTURE).equals("dense"));
        if (sparse.isEmpty()) {
            return;
        }
        List<Series> series = new ArrayList<>(byHeading(sparse, Grids.ARCHITECTURE, Grids.SPARSITY));
        double from = sparse.stream().mapToDouble(ResultFigures::sparsity).min().orElseThrow();
        double to = sparse.stream().mapToDouble(ResultFigures::sparsity).max().orElseThrow();
        List<Result> dense =
                where(results, result -> result.heading(Grids.ARCHITECTURE).equals("dense"));
        if (!dense.isEmpty() && to > from) {
            series.add(Series.level(
                    "dense", from, to, Spread.of(dense, ResultFigures::quality).mean()));
        }
        figures.add(new Figure(
                "sparsity-" + data,
                title("Quality against sparsity"),
                "Sparsity is the share of a dense layer's connections that a label does not have; the dense layer is"
                        + " the level. S: sparse layer, W: intermediate layer of 2,048 units, Aux: auxiliary objective;"
                        + " static: connections that do not move; bottleneck: a dense layer of as many weights.",
                Axis.linear("sparsity, %"),
                Axis.linear(axis(results)),
                series));
    }

    private static double sparsity(Result result) {
        return Double.parseDouble(result.heading(Grids.SPARSITY));
    }

    private static double quality(Result result) {
        return result.percent(QUALITY);
    }

    private void curves(List<Figure> figures) {
        List<Result> results = where(
                grid("curves"),
                result -> !result.log("epochs").path(0).path(QUALITY).isMissingNode());
        if (results.isEmpty()) {
            return;
        }
        List<Series> series = new ArrayList<>();
        for (Result result : firstOfEach(results)) {
            series.add(course(
                    name(result),
                    result.log("epochs"),
                    "epoch",
                    epoch -> 100 * epoch.path(QUALITY).asDouble()));
        }
        figures.add(new Figure(
                "curves-" + data,
                title("Quality by epoch"),
                "Fan-in 128, 64 and 32 of 768 hidden units, a sparsity of 83, 92 and 96 %, with and without the"
                        + " auxiliary objective.",
                Axis.linear("epoch"),
                Axis.linear(QUALITY + " on the validation part, %"),
                series));
    }

    private static String name(Result result) {
        String auxiliary = result.heading(Grids.AUXILIARY).equals("on") ? ", auxiliary" : "";
        return Grids.FAN_IN + " " + result.heading(Grids.FAN_IN) + auxiliary;
    }

    private void gradients(List<Figure> figures) {
        Map<String, List<Result>> byFanIn = where(
                        grid("curves"), result -> result.log("steps").size() > 0)
                .stream()
                .collect(Collectors.groupingBy(
                        result -> result.heading(Grids.FAN_IN), LinkedHashMap::new, Collectors.toList()));
        byFanIn.forEach((fanIn, results) -> {
            List<Result> off =
                    where(results, result -> result.heading(Grids.AUXILIARY).equals("off"));
            List<Result> on =
                    where(results, result -> result.heading(Grids.AUXILIARY).equals("on"));
            if (off.isEmpty() || on.isEmpty()) {
                return;
            }
            double ratio = early(on.get(0)) / early(off.get(0));
            figures.add(new Figure(
                    "gradients-" + fanIn + "-" + data,
                    title("Gradient that reaches the encoder, fan-in " + fanIn),
                    String.format(
                            Locale.ROOT,
                            "Euclidean norm of the gradient with respect to the bags of a batch, mean over %d steps. In"
                                    + " the first tenth of the run it is %.2f times as large with the auxiliary"
                                    + " objective as without.",
                            off.get(0).log("steps").path(0).path("step").asInt(),
                            ratio),
                    Axis.linear("step"),
                    Axis.linear("norm of the gradient"),
                    List.of(
                            course("without auxiliary", off.get(0).log("steps"), "step", ResultFigures::gradient),
                            course("with auxiliary", on.get(0).log("steps"), "step", ResultFigures::gradient))));
        });
    }

    private static double gradient(JsonNode step) {
        return step.path("encoderGradient").asDouble();
    }

    /** Mean norm of the gradient in the first tenth of a run. */
    static double early(Result result) {
        JsonNode steps = result.log("steps");
        double sum = 0;
        int count = Math.max(1, (int) (EARLY * steps.size()));
        for (int i = 0; i < count; i++) {
            sum += gradient(steps.path(i));
        }
        return sum / count;
    }

    private void moves(List<Figure> figures) {
        for (String grid : List.of("dynamic", "policies")) {
            List<Series> series = new ArrayList<>();
            for (Result result :
                    firstOfEach(where(grid(grid), each -> each.log("moves").size() > 0))) {
                String name = grid.equals("dynamic") ? name(result) : result.heading(Grids.CONNECTIONS);
                series.add(course(
                        name,
                        result.log("moves"),
                        "step",
                        move -> move.path("moved").asDouble()));
            }
            if (!series.isEmpty()) {
                figures.add(new Figure(
                        "moves-" + grid + "-" + data,
                        title("Slots that moved at each rewire"),
                        "Rewires that fall into one hundredth of the run are added up.",
                        Axis.linear("step"),
                        Axis.linear("moved slots"),
                        series));
            }
        }
    }

    private void cutoffs(List<Figure> figures) {
        List<Result> results = grid("cutoff");
        if (!results.isEmpty()) {
            figures.add(new Figure(
                    "cutoff-" + data,
                    title("Quality against the end of the auxiliary objective"),
                    "0: no auxiliary objective; 1: it fades until the end of the run.",
                    Axis.linear("cut-off, share of the run"),
                    Axis.linear(axis(results)),
                    byHeading(results, Grids.FAN_IN, Grids.CUTOFF).stream()
                            .map(series -> new Series(Grids.FAN_IN + " " + series.name(), series.points(), false))
                            .toList()));
        }
    }

    private void labels(List<Figure> figures) {
        List<Result> results = grid("labels");
        if (!results.isEmpty()) {
            figures.add(new Figure(
                    "labels-" + data,
                    "Quality against the number of labels, 83 % sparse and dense",
                    "Generated sets of equally many training examples: labels are rarer where there are more.",
                    Axis.logarithmic("labels"),
                    Axis.linear(axis(results)),
                    byHeading(results, Grids.LAYER, Grids.LABELS)));
        }
    }

    private static List<Result> where(List<Result> results, Predicate<Result> wanted) {
        return results.stream().filter(wanted).toList();
    }

    /** The first seed of each cell. */
    private static List<Result> firstOfEach(List<Result> results) {
        Map<String, Result> first = new LinkedHashMap<>();
        results.forEach(result -> first.putIfAbsent(result.text("cell"), result));
        return List.copyOf(first.values());
    }

    private static Series course(String name, JsonNode nodes, String x, Function<JsonNode, Double> y) {
        List<Series.Point> points = new ArrayList<>();
        for (JsonNode node : nodes) {
            points.add(new Series.Point(node.path(x).asDouble(), y.apply(node), 0));
        }
        return new Series(name, points, false);
    }

    /** A series for each value of one heading, by the numbers of another; means and deviations over seeds. */
    private static List<Series> byHeading(List<Result> results, String nameColumn, String xColumn) {
        Map<String, Map<Double, List<Result>>> groups = new LinkedHashMap<>();
        for (Result result : results) {
            groups.computeIfAbsent(result.heading(nameColumn), name -> new LinkedHashMap<>())
                    .computeIfAbsent(Double.parseDouble(result.heading(xColumn)), x -> new ArrayList<>())
                    .add(result);
        }
        List<Series> series = new ArrayList<>();
        groups.forEach((name, points) -> series.add(new Series(
                name,
                points.entrySet().stream()
                        .map(entry -> {
                            Spread spread = Spread.of(entry.getValue(), ResultFigures::quality);
                            return new Series.Point(entry.getKey(), spread.mean(), spread.deviation());
                        })
                        .toList(),
                false)));
        return series;
    }
}
