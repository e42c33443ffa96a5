package dev.longtail.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link FusedPassBenchmark} and writes a table of multiply-adds per second.
 *
 * <pre>
 *   mvn -B -pl bench -am package -DskipTests
 *   java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*"
 *       dev.longtail.bench.FusedPass [--rounds 3] [--machine TEXT] [--results bench/results] [--only REGEX]
 * </pre>
 *
 * Each round runs every benchmark once, in a JVM of its own, so that a busy moment of the machine meets all of them;
 * the table has the medians over the rounds. {@code --only} runs the benchmarks whose names it finds, for example
 * {@code 'pass(Vector|Groups..)$'}, and prints the table without writing it.
 */
public final class FusedPass {

    private static final Map<String, String> NAMES = names();

    private FusedPass() {}

    public static void main(String[] arguments) throws RunnerException, IOException {
        Map<String, String> options = options(arguments);
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        NAMES.keySet().forEach(name -> speeds.put(name, new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            System.err.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
            for (RunResult result : run(options.getOrDefault("--only", ""))) {
                Objects.requireNonNull(speeds.get(result.getPrimaryResult().getLabel()))
                        .add(speed(result));
            }
        }
        String machine = options.getOrDefault("--machine", Provenance.machine());
        String report = Provenance.header("Fused pass of an output layer", command(arguments), machine) + table(speeds);
        System.out.print(report);
        if (options.containsKey("--only")) {
            return;
        }
        Path folder = Path.of(options.getOrDefault("--results", "bench/results"));
        Files.createDirectories(folder);
        String file = "fused-pass-jdk" + Runtime.version().feature() + ".md";
        Files.writeString(folder.resolve(file), report, StandardCharsets.UTF_8);
    }

    private static List<RunResult> run(String only) throws RunnerException {
        return List.copyOf(new Runner(new OptionsBuilder()
                        .include(FusedPassBenchmark.class.getName() + "." + (only.isEmpty() ? "" : "*" + only))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run());
    }

    /** Multiply-adds per nanosecond of processor time, that is 10^9 a second. */
    private static double speed(RunResult result) {
        double passes = Objects.requireNonNull(result.getSecondaryResults().get("passes"))
                .getScore();
        double nanoseconds = Objects.requireNonNull(result.getSecondaryResults().get("cpuNanoseconds"))
                .getScore();
        return passes * multiplyAdds(result.getPrimaryResult().getLabel()) / nanoseconds;
    }

    private static double multiplyAdds(String name) {
        int slots = name.startsWith("dense") ? OutputLayer.INPUTS : FusedPassBenchmark.FAN_IN;
        double scores = (double) FusedPassBenchmark.labels(name) * slots * OutputLayer.BATCH;
        return isPass(name) ? 3 * scores : scores;
    }

    private static boolean isPass(String name) {
        return name.toLowerCase(Locale.ROOT).contains("pass");
    }

    private static String table(Map<String, List<Double>> speeds) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                """
                One thread, %,d labels with fan-in %d of %d inputs, batch %d. The ways in plain Java do %,d labels; the
                dense layer has %,d, which are as many connections. A pass is scores, squared hinge, gradients of inputs
                and weights, and SGD, label by label: 3 multiply-adds per connection and example, and no label is
                skipped. GFMA/s are 10^9 multiply-adds per second of processor time.

                """,
                FusedPassBenchmark.LABELS,
                FusedPassBenchmark.FAN_IN,
                OutputLayer.INPUTS,
                OutputLayer.BATCH,
                FusedPassBenchmark.PLAIN_LABELS,
                FusedPassBenchmark.DENSE_LABELS));
        table.append("| way | GFMA/s, median | lowest to highest | times one example at a time |\n|---|---|---|---|\n");
        speeds.forEach((name, values) -> {
            if (!values.isEmpty()) {
                String reference = isPass(name) ? "passPerExample" : "scoresPerExample";
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %.1f to %.1f | %s |%n",
                        NAMES.get(name),
                        median(values),
                        values.stream().mapToDouble(value -> value).min().orElseThrow(),
                        values.stream().mapToDouble(value -> value).max().orElseThrow(),
                        times(speeds, name, reference)));
            }
        });
        table.append(comparison(speeds));
        return table.toString();
    }

    /** Labels that share what they read, against the same number of connections without. */
    private static String comparison(Map<String, List<Double>> speeds) {
        StringBuilder lines = new StringBuilder("\n| times as fast | pass | scores only |\n|---|---|---|\n");
        for (String group : List.of("16", "32", "64")) {
            lines.append(String.format(
                    Locale.ROOT,
                    "| groups of %s labels with the same inputs, against inputs of their own | %s | %s |%n",
                    group,
                    times(speeds, "passGroups" + group, "passVector"),
                    times(speeds, "scoresGroups" + group, "scoresVector")));
        }
        return lines.append(String.format(
                        Locale.ROOT,
                        "| dense layer by blocks of labels, against label by label | %s | %s |%n",
                        times(speeds, "densePassBlocks", "densePassVector"),
                        times(speeds, "denseScoresBlocks", "denseScoresVector")))
                .toString();
    }

    private static String times(Map<String, List<Double>> speeds, String name, String reference) {
        List<Double> values = Objects.requireNonNull(speeds.get(name));
        List<Double> references = Objects.requireNonNull(speeds.get(reference));
        return values.isEmpty() || references.isEmpty()
                ? "not run"
                : String.format(Locale.ROOT, "%.1f", median(values) / median(references));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("passPerExample", "pass: one example at a time, plain Java");
        names.put("passScalar", "pass: batch layout, scalar kernels");
        names.put("passVectorAcrossLines", "pass: batch layout, vector kernels, rows across cache lines");
        names.put("passVector", "**pass: batch layout, vector kernels**");
        names.put("densePassVector", "pass: dense layer, vector kernels");
        names.put("passGroups16", "**pass: groups of 16 labels share their inputs**");
        names.put("passGroups32", "pass: groups of 32");
        names.put("passGroups64", "pass: groups of 64");
        names.put("densePassBlocks", "pass: dense layer, blocks of labels");
        names.put("scoresPerExample", "scores only: one example at a time, plain Java");
        names.put("scoresScalar", "scores only: batch layout, scalar kernels");
        names.put("scoresVectorAcrossLines", "scores only: batch layout, vector kernels, rows across cache lines");
        names.put("scoresVector", "**scores only: batch layout, vector kernels**");
        names.put("denseScoresVector", "scores only: dense layer, vector kernels");
        names.put("scoresGroups16", "**scores only: groups of 16 labels share their inputs**");
        names.put("scoresGroups32", "scores only: groups of 32");
        names.put("scoresGroups64", "scores only: groups of 64");
        names.put("denseScoresBlocks", "scores only: dense layer, blocks of labels");
        return names;
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> known = List.of("--rounds", "--machine", "--results", "--only");
        for (int i = 0; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("unknown or incomplete option " + arguments[i] + "; known are "
                        + known + ", each with a value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static String command(String[] arguments) {
        return ("java --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\" "
                        + FusedPass.class.getName() + " "
                        + String.join(
                                " ",
                                Arrays.stream(arguments)
                                        .map(argument -> argument.contains(" ") ? "\"" + argument + "\"" : argument)
                                        .toList()))
                .strip();
    }
}
