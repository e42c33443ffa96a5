package dev.longtail.bench.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Results as a table in Markdown: a row a cell, means over seeds with their standard deviations. */
final class ResultTable {

    private final Map<String, List<Result>> cells = new LinkedHashMap<>();
    private final Set<String> headings = new LinkedHashSet<>();

    ResultTable(List<Result> results) {
        for (Result result : results) {
            cells.computeIfAbsent(result.text("cell"), name -> new ArrayList<>())
                    .add(result);
            headings.addAll(result.headings().keySet());
        }
    }

    /** A column: its title, what it shows of a result, and how many digits after the point. */
    private record Column(String title, ToDoubleFunction<Result> value, int digits) {}

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        for (String measure : List.of("P@1", "P@3", "P@5", "PSP@1", "PSP@3", "PSP@5")) {
            columns.add(new Column(measure, result -> result.percent(measure), 2));
        }
        columns.add(new Column("training loss", result -> result.number("train", "loss"), 4));
        columns.add(new Column("peak memory, MB", result -> result.number("train", "peakRssBytes") / 1e6, 0));
        columns.add(new Column("epoch, s", result -> result.number("train", "secondsPerEpoch"), 1));
        columns.add(new Column("epoch, CPU s", result -> result.number("train", "cpuSecondsPerEpoch"), 1));
        columns.add(new Column("prediction, s", result -> result.number("evaluate", "predictSeconds"), 1));
        columns.add(new Column("moved slots", result -> result.number("train", "moved"), 0));
        return columns;
    }

    String markdown() {
        StringBuilder table = new StringBuilder();
        List<String> titles = new ArrayList<>(headings);
        columns().forEach(column -> titles.add(column.title()));
        titles.add("seeds");
        row(table, titles);
        row(
                table,
                titles.stream()
                        .map(title -> headings.contains(title) ? "---" : "---:")
                        .toList());
        double best = cells.values().stream().mapToDouble(this::quality).max().orElse(0);
        for (List<Result> results : cells.values()) {
            List<String> row = new ArrayList<>();
            headings.forEach(heading -> row.add(results.get(0).heading(heading)));
            for (Column column : columns()) {
                String text = text(results, column);
                row.add(column.title().equals("P@1") && quality(results) == best ? "**" + text + "**" : text);
            }
            row.add("" + results.size());
            row(table, row);
        }
        return table.toString();
    }

    private double quality(List<Result> results) {
        return Spread.of(results, result -> result.percent("P@1")).mean();
    }

    private static String text(List<Result> results, Column column) {
        Spread spread = Spread.of(results, column.value());
        if (Double.isNaN(spread.mean())) {
            return "";
        }
        String format = "%,." + column.digits() + "f";
        String mean = String.format(Locale.ROOT, format, spread.mean());
        boolean quality = column.title().contains("P@") || column.title().contains("loss");
        return results.size() > 1 && quality
                ? mean + " ± " + String.format(Locale.ROOT, format, spread.deviation())
                : mean;
    }

    private static void row(StringBuilder table, List<String> row) {
        table.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
}
