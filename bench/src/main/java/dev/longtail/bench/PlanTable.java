package dev.longtail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What {@code longtail plan} predicts of runs beside what {@code longtail train} then takes, a run after the other. */
final class PlanTable {

    private final StringBuilder table = new StringBuilder();
    private final String quality;
    private final double scale;

    /**
     * A table without runs.
     *
     * @param heading of the column that tells how good the model is
     * @param quality field of what {@code train --json} writes that the column shows
     * @param scale that it is multiplied with
     */
    PlanTable(String heading, String quality, double scale) {
        this.quality = quality;
        this.scale = scale;
        row(List.of("run", "predicted or measured", "peak RSS, MB", "CPU, s", "wall, s", "model, MB", heading));
        row(List.of("---", "---", "---:", "---:", "---:", "---:", "---:"));
    }

    /**
     * Plans a run, makes it and prints the table so far.
     *
     * @param options of {@code train} without a model
     * @param scratch folder for the model
     */
    void measure(String name, List<String> options, Path scratch) throws IOException, InterruptedException {
        JsonNode planned = BenchProcess.json(command("plan", options, List.of("--json")));
        String model = scratch.resolve("model-" + name.replace(' ', '-')).toString();
        JsonNode trained = BenchProcess.json(command("train", options, List.of("--json", "--model", model)));
        row(cells(name, "predicted", planned));
        row(cells("", "measured", trained));
        List<String> ratios = new ArrayList<>(List.of("", "predicted / measured"));
        for (String field : List.of("peakRssBytes", "cpuSeconds", "seconds", "modelBytes")) {
            ratios.add(
                    number(planned.path(field).asDouble() / trained.path(field).asDouble(), 2));
        }
        ratios.add("");
        row(ratios);
        System.out.print(table);
    }

    private static List<String> command(String verb, List<String> options, List<String> more) {
        List<String> command = new ArrayList<>(List.of("./longtail", verb));
        command.addAll(options);
        command.addAll(more);
        System.err.println(String.join(" ", command));
        return command;
    }

    private List<String> cells(String name, String kind, JsonNode json) {
        return List.of(
                name,
                kind,
                number(json.path("peakRssBytes").asDouble() / 1e6, 0),
                number(json.path("cpuSeconds").asDouble(), 1),
                number(json.path("seconds").asDouble(), 1),
                number(json.path("modelBytes").asDouble() / 1e6, 1),
                json.has(quality) ? number(scale * json.path(quality).asDouble(), 2) : "");
    }

    private static String number(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private void row(List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
