package dev.longtail.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** Labels to draw from, of which the examples have about half: 522,003 are in the run. */
    private static final int LABELS = 1_000_000;

    private static final int EXAMPLES = 450_000;

    private PlanAccuracy() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException(
                    "usage: PlanAccuracy FOLDER-OF-DATA CASE..., of base, small, bibtex, synthetic and memory");
        }
        Path data = Path.of(arguments[0]);
        List<String> cases = List.of(arguments).subList(1, arguments.length);
        PlanTable table = new PlanTable("P@1, %", "P@1", 100);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-plan-")) {
            for (String name : cases) {
                table.measure(name, options(name, data, scratch.path()), scratch.path());
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
                "./longtail", "generate", "--labels", "" + LABELS, "--examples", "" + EXAMPLES, "--output", "" + file);
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + code);
        }
    }
}
