package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.Tensor;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.EpochReport;
import dev.longtail.train.Evaluation;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Question: does a sparse output layer on fixed features underfit, and does a wide intermediate layer cure that
 * (Schultheis and Babbar, ECML-PKDD 2023, tables 1 to 3)? The features are the rows of an input table that keeps its
 * values, random ones or those that a model with a dense output layer has learned. Every arm runs in a process of its
 * own, so that its peak memory is its own.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*"
 *       dev.longtail.bench.IntermediateLayer ../shared/data/delicious random|trained EPOCHS [UNITS,UNITS,...]
 * </pre>
 *
 * The folder holds train.txt.gz and test.txt.gz; the word planted in its place stands for generated data.
 */
public final class IntermediateLayer {

    private static final int MEASURED = 5000;
    private static final String DIMENSION = "512";

    private IntermediateLayer() {}

    /** One line of the table: a name and the settings that make it. */
    private record Arm(String name, Map<String, String> settings) {}

    private static List<Arm> arms(List<String> sizes) {
        List<Arm> arms = new ArrayList<>();
        arms.add(new Arm("dense output layer", Map.of("output.kind", "dense")));
        arms.add(new Arm("fan-in 32", Map.of("fanIn", "32")));
        for (String units : sizes) {
            arms.add(new Arm(
                    "fan-in 32 above " + units + " ReLU units of fan-in 32",
                    Map.of("fanIn", "32", "intermediate", units, "intermediateFanIn", "32")));
        }
        arms.add(new Arm(
                "fan-in 32 above " + sizes.get(0) + " ReLU units with all inputs",
                Map.of("fanIn", "32", "intermediate", sizes.get(0))));
        arms.add(new Arm(
                "fan-in 32 above " + sizes.get(0) + " linear units of fan-in 32",
                Map.of(
                        "fanIn", "32",
                        "intermediate", sizes.get(0),
                        "intermediateFanIn", "32",
                        "activation", "linear")));
        arms.add(new Arm("bottleneck of 32", Map.of("output.kind", "bottleneck", "rank", "32")));
        return arms;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(
                    "usage: IntermediateLayer FOLDER|planted random|trained EPOCHS [UNITS,UNITS,...]");
        }
        List<Arm> arms = arms(List.of((arguments.length > 3 ? arguments[3] : "4096,16384,65536").split(",", -1)));
        if (arguments.length > 4) {
            System.out.println(row(arguments, arms.get(Integer.parseInt(arguments[4]))));
            return;
        }
        StringBuilder page = new StringBuilder(Provenance.header(
                "Sparse output layers with and without an intermediate layer: "
                        + Path.of(arguments[0]).getFileName() + ", " + arguments[1] + " features",
                "java --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\" "
                        + IntermediateLayer.class.getName() + " " + String.join(" ", arguments),
                Provenance.machine()));
        page.append("| layers above ")
                .append(DIMENSION)
                .append(" fixed features | parameters | train loss | P@1 train, %")
                .append(" | P@1 test, % | peak RSS, MB | seconds an epoch |\n|---|---|---|---|---|---|---|\n");
        for (int arm = 0; arm < arms.size(); arm++) {
            page.append(child(arguments, arm)).append('\n');
        }
        System.out.print(page);
        String name = "intermediate-layer-" + Path.of(arguments[0]).getFileName() + "-" + arguments[1] + ".md";
        Files.writeString(Path.of("bench/results", name), page, StandardCharsets.UTF_8);
    }

    private static String child(String[] arguments, int arm) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty("java.class.path"),
                IntermediateLayer.class.getName()));
        command.addAll(List.of(arguments));
        if (arguments.length == 3) {
            command.add("4096,16384,65536");
        }
        command.add(Integer.toString(arm));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String row = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("arm " + arm + " failed");
        }
        System.err.println(row);
        return row;
    }

    private static LabelConfig config(Map<String, String> arm, String epochs, boolean fixed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "dimension", DIMENSION,
                "maxEpochs", epochs,
                "interval", "200",
                "rewire.prune.fraction", "0.1",
                "validationFraction", "0",
                "trainBias", "true",
                "train.bodyOptimizer.learningRate", "0.01",
                "train.outputOptimizer.learningRate", "0.05",
                "frozen", fixed ? "table" : "none"));
        settings.putAll(arm);
        return Settings.override(LabelConfig.embedding(512, 128), settings);
    }

    private static String row(String[] arguments, Arm arm) throws IOException {
        LabelConfig config = config(arm.settings(), arguments[2], true);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                FixedFeatures source = FixedFeatures.of(arguments[0], config, temporary)) {
            LabelTrainer trainer =
                    new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, temporary);
            if (arguments[1].equals("trained")) {
                LabelConfig dense = config(Map.of("output.kind", "dense"), "5", false);
                LabelModel encoder = source.model(dense);
                new LabelTrainer(dense.train(), dense.rewire(), workers, TrainListener.SILENT, temporary)
                        .train(encoder, source.train(), Optional.empty());
                trainer.startingFrom(encoder);
            }
            LabelModel model = source.model(config);
            long start = System.nanoTime();
            List<EpochReport> reports = trainer.train(model, source.train(), Optional.empty());
            double seconds = (System.nanoTime() - start) / 1e9 / reports.size();
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.4f | %.1f | %.1f | %s | %.1f |",
                    arm.name(),
                    parameters(model),
                    reports.get(reports.size() - 1).loss(),
                    precision(model, source.train(), workers),
                    precision(model, source.validation(), workers),
                    peakMegabytes(),
                    seconds);
        }
    }

    /** Weights and biases above the features. */
    private static long parameters(LabelModel model) {
        return model.tensors().stream()
                .filter(tensor ->
                        tensor.name().endsWith("weights") || tensor.name().endsWith("bias"))
                .mapToLong(Tensor::elements)
                .sum();
    }

    private static double precision(LabelModel model, Examples examples, Workers workers) {
        Examples first = new Examples() {
            @Override
            public int size() {
                return Math.min(MEASURED, examples.size());
            }

            @Override
            public void read(int example, Example into) {
                examples.read(example, into);
            }
        };
        Metrics metrics = new Evaluation(model, 64, workers, 1)
                .rank(first, Propensity.DEFAULT)
                .metrics();
        return 100 * metrics.at(1).precision();
    }

    /** Most memory this process has held, as the system counts it. */
    private static String peakMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Integer.toString(Integer.parseInt(line.replaceAll("\\D", "")) / 1000))
                .findFirst()
                .orElse("");
    }
}
