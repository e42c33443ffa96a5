package dev.longtail.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Question: does {@code longtail plan} predict what {@code longtail train} then takes, and does training stay below the
 * memory that it is given? Runs both as processes of their own, one after the other, and prints a row for each run.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.PlanAccuracy ../shared/data
 *       base small bibtex synthetic memory
 * </pre>
 */
public final class PlanAccuracy {

    private static final int LABELS = 500_000;

    private PlanAccuracy() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "usage: PlanAccuracy FOLDER-OF-DATA CASE..., of base, small, bibtex, synthetic and memory");
        }
        Path data = Path.of(arguments[0]);
        List<String> cases = List.of(arguments).subList(1, arguments.length);
        StringBuilder table = new StringBuilder();
        row(table, List.of("run", "predicted or measured", "peak RSS, MB", "CPU, s", "wall, s", "model, MB", "P@1, %"));
        row(table, List.of("---", "---", "---:", "---:", "---:", "---:", "---:"));
        try (ScratchFolder scratch = ScratchFolder.create("longtail-plan-")) {
            for (String name : cases) {
                measure(name, options(name, data, scratch.path()), scratch.path(), table);
                System.out.print(table);
            }
        }
        String command = "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.PlanAccuracy "
                + String.join(" ", arguments);
        String page = Provenance.header("Plans and runs", command, WholeRun.kernels(), Provenance.machine()) + table;
        Files.writeString(Path.of("bench/results/plan.md"), page, StandardCharsets.UTF_8);
    }

    private static List<String> options(String name, Path data, Path scratch) throws IOException, InterruptedException {
        Path finna = data.resolve("finna-yso-en");
        List<String> titles = List.of(
                "--train",
                finna.resolve("train.tsv.gz").toString(),
                "--validate",
                finna.resolve("validate.tsv.gz").toString(),
                "--labels",
                finna.resolve("labels.tsv.gz").toString());
        return switch (name) {
            case "base", "small" -> with(titles, "--preset", name);
            case "memory" -> with(titles, "--preset", "base", "--max-memory", "600m");
            case "bibtex" ->
                List.of(
                        "--train",
                        data.resolve("bibtex/train.txt.gz").toString(),
                        "--config",
                        "examples/settings/bibtex.properties");
            case "synthetic" -> {
                Path file = scratch.resolve("synthetic.txt.gz");
                generate(file);
                yield List.of("--train", file.toString(), "--preset", "base", "--max-epochs", "2");
            }
            default -> throw new IllegalArgumentException("unknown case " + name);
        };
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private static void generate(Path file) throws IOException, InterruptedException {
        List<String> command = List.of(
                "./longtail", "generate", "--labels", "" + LABELS, "--examples", "200000", "--output", "" + file);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + code);
        }
    }

    private static void measure(String name, List<String> options, Path scratch, StringBuilder table)
            throws IOException, InterruptedException {
        JsonNode planned = BenchProcess.json(command("plan", options, List.of("--json")));
        String model = scratch.resolve("model-" + name).toString();
        JsonNode trained = BenchProcess.json(command("train", options, List.of("--json", "--model", model)));
        row(table, cells(name, "predicted", planned));
        row(table, cells("", "measured", trained));
        List<String> ratios = new ArrayList<>(List.of("", "predicted / measured"));
        for (String field : List.of("peakRssBytes", "cpuSeconds", "seconds", "modelBytes")) {
            ratios.add(
                    number(planned.path(field).asDouble() / trained.path(field).asDouble(), 2));
        }
        ratios.add("");
        row(table, ratios);
    }

    private static List<String> command(String verb, List<String> options, List<String> more) {
        List<String> command = new ArrayList<>(List.of("./longtail", verb));
        command.addAll(options);
        command.addAll(more);
        System.err.println(String.join(" ", command));
        return command;
    }

    private static List<String> cells(String name, String kind, JsonNode json) {
        return List.of(
                name,
                kind,
                number(json.path("peakRssBytes").asDouble() / 1e6, 0),
                number(json.path("cpuSeconds").asDouble(), 0),
                number(json.path("seconds").asDouble(), 0),
                number(json.path("modelBytes").asDouble() / 1e6, 1),
                json.has("P@1") ? number(100 * json.path("P@1").asDouble(), 2) : "");
    }

    private static String number(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
