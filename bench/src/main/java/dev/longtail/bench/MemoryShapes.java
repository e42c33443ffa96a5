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
 * Question: does training stay within the memory that was promised for the shapes of well-known data sets? Trains each
 * in a process of its own. The first argument is the number of steps, 50 when there is none; with {@code large} behind
 * it, a model past 2^31 parameters is trained too, whose labels share indices in groups and have weights of 16 bits.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.MemoryShapes 50 large
 * </pre>
 */
public final class MemoryShapes {

    private MemoryShapes() {}

    /**
     * A model and what its training may take.
     *
     * @param most peak resident memory in bytes
     */
    private record Shape(String name, int labels, int fanIn, List<String> options, double most) {}

    private static final List<Shape> PROMISED = List.of(
            new Shape("Amazon-670K", 670_091, 128, List.of("--optimizer", "sgd"), 1.2e9),
            new Shape("Amazon-670K", 670_091, 128, List.of("--optimizer", "adamw"), 2.2e9),
            new Shape("Amazon-3M", 2_812_281, 128, List.of("--optimizer", "sgd"), 3.2e9),
            new Shape("ten million labels", 10_000_000, 64, List.of("--optimizer", "sgd"), 8e9));

    private static final Shape LARGE = new Shape(
            "past 2^31 parameters",
            34_000_000,
            64,
            List.of("--optimizer", "sgd", "--weights", "bfloat16", "--group", "16"),
            8e9);

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50;
        StringBuilder table = new StringBuilder();
        String kernels = "";
        for (Shape shape : PROMISED) {
            kernels = run(shape, steps, table);
        }
        if (arguments.length > 1 && arguments[1].equals("large")) {
            kernels = run(LARGE, steps, table);
        }
        String command = "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.MemoryShapes "
                + String.join(" ", arguments);
        String page = Provenance.header("Memory of training", command.strip(), kernels, Provenance.machine())
                + "Batch 64, 768 hidden units, an input table of 20,000 rows. The layer is its weights, indices, biases"
                + " and the state of the optimiser; peak RSS is that of the process, Java machine and all.\n\n"
                + "| shape | labels | fan-in | options | parameters | layer, GB | peak RSS asked, GB |"
                + " peak RSS found, GB | kept | s/step | CPU s/step | loss, first step | loss, last step |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
                + table;
        System.out.print(page);
        Files.writeString(Path.of("bench/results/memory-shapes.md"), page, StandardCharsets.UTF_8);
    }

    /** Appends a row; returns the kernels in use. */
    private static String run(Shape shape, int steps, StringBuilder table) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "--labels", "" + shape.labels(), "--fan-in", "" + shape.fanIn(), "--inputs", "768", "--batch", "64"));
        options.addAll(List.of("--steps", "" + steps));
        options.addAll(shape.options());
        JsonNode run = BenchProcess.run(options);
        double peak = run.path("peakRssBytes").asDouble(Double.POSITIVE_INFINITY);
        table.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %d | `%s` | %,d | %.2f | %.1f | %.2f | %s | %.3f | %.3f | %.2f | %.2f |%n",
                shape.name(),
                shape.labels(),
                shape.fanIn(),
                String.join(" ", shape.options()),
                run.path("parameters").asLong(),
                run.path("layerBytes").asDouble() / 1e9,
                shape.most() / 1e9,
                peak / 1e9,
                peak <= shape.most() ? "yes" : "no",
                run.path("secondsPerStep").asDouble(),
                run.path("cpuSecondsPerStep").asDouble(),
                run.path("firstLoss").asDouble(),
                run.path("lastLoss").asDouble()));
        return run.path("kernels").asString("");
    }
}
