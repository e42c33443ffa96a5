package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.kernel.Vectors;
import dev.longtail.optimizer.OptimizerConfig.Kind;
import dev.longtail.synthetic.SyntheticConfig;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "bench",
        description = "Trains a model of a given size on made-up examples and tells what a step takes.",
        footer = {
            "",
            "A real run of training in this process, without evaluation; nothing is written. Seconds are medians",
            "over the steps after the first fifth. GFMA/s counts what was done: for every label a multiply-add for",
            "each connection and example, and two more for labels that had a gradient; with squared-hinge few have",
            "one at the start of a run, with --loss logistic all. Labels that provably have no gradient are scored",
            "all the same, which training leaves out otherwise (--set skip=true). Connections move every",
            "rewire.interval steps, as in any training.",
            "",
            "Examples:",
            "  longtail bench --labels 670091 --fan-in 128 --inputs 768 --optimizer adamw --steps 20",
            "  longtail bench --labels 10000000 --fan-in 64 --inputs 256 --weights bfloat16 --json",
        })
final class BenchCommand implements Callable<Integer> {

    private static final int MOST_STEPS = 1_000_000;

    private final Console console;

    @Option(names = "--labels", paramLabel = "N", description = "Number of labels. Default: ${DEFAULT-VALUE}.")
    private int labels = 100_000;

    @Option(names = "--fan-in", paramLabel = "K", description = "Connections of a label. Default: ${DEFAULT-VALUE}.")
    private int fanIn = 128;

    @Option(names = "--inputs", paramLabel = "D", description = "Hidden units. Default: ${DEFAULT-VALUE}.")
    private int inputs = 768;

    @Option(names = "--batch", paramLabel = "B", description = "Examples in a step. Default: ${DEFAULT-VALUE}.")
    private int batch = 64;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "Rule of the output layer: sgd, momentum, adagrad, row-adagrad, adamw or another that"
                    + " train.outputOptimizer.kind takes (train --settings). Default: ${DEFAULT-VALUE}.")
    private String optimizer = "sgd";

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "Of the output layer. Default: 1 for sgd, 0.1 for momentum, 0.01 for others.")
    private @Nullable Float learningRate;

    @Option(names = "--loss", paramLabel = "NAME", description = "Loss of a label. Default: ${DEFAULT-VALUE}.")
    private String loss = "squared-hinge";

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "Labels that share their inputs, in clusters drawn at random. Default: ${DEFAULT-VALUE}.")
    private int group = 1;

    @Option(
            names = "--weights",
            paramLabel = "NAME",
            description = "Format of weights, float32 or bfloat16. Default: ${DEFAULT-VALUE}.")
    private String weights = "float32";

    @Option(names = "--features", paramLabel = "N", description = "Rows of the input table. Default: ${DEFAULT-VALUE}.")
    private int features = 20_000;

    @Option(names = "--steps", paramLabel = "S", description = "Steps, at least 2. Default: ${DEFAULT-VALUE}.")
    private int steps = 50;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any other setting of training, see train --settings; may be given several times.")
    private List<String> changes = List.of();

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write one JSON object instead of a table.")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (steps < 2 || steps > MOST_STEPS) {
            throw new UsageException("--steps must be from 2 to " + MOST_STEPS + ", got " + steps);
        }
        BenchRun.Plan plan = plan();
        int workers = threads.count();
        return Interruption.guard(console, () -> "nothing was measured", () -> {
            report(plan, new BenchRun(console, workers).run(plan));
            return Failures.DONE;
        });
    }

    private BenchRun.Plan plan() {
        Map<String, String> values = SettingOptions.parse(changes);
        given().forEach((name, value) -> SettingOptions.put(values, name, value));
        if (!values.containsKey("skip")) {
            values.putIfAbsent("train.skip", "false");
        }
        try {
            LabelConfig settings = Settings.override(LabelConfig.embedding(512, 128), values);
            long examples = (long) steps * settings.train().batch();
            if (examples > Integer.MAX_VALUE) {
                throw new UsageException("--steps x --batch must be below 2^31, got " + examples);
            }
            SyntheticConfig data = Settings.override(
                    SyntheticConfig.DEFAULT.withSize(labels, features, (int) examples), Map.of("seed", "" + seed));
            return new BenchRun.Plan(withRate(settings), data);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("model.output.kind", "fixed-fan-in");
        given.put("model.output.fanIn", fanIn);
        given.put("model.output.group", group);
        given.put("model.output.weights", weights);
        given.put("model.table.dimension", inputs);
        given.put("model.loss", loss);
        given.put("train.batch", batch);
        given.put("train.maxEpochs", 1);
        given.put("train.seed", seed);
        given.put("train.outputOptimizer.kind", optimizer);
        if (group > 1) {
            given.put("model.output.order", "random-clusters");
        }
        return given;
    }

    private LabelConfig withRate(LabelConfig settings) {
        Kind kind = settings.train().outputOptimizer().kind();
        float usual = kind == Kind.SGD ? 1 : kind == Kind.MOMENTUM ? 0.1f : 0.01f;
        String rate = Float.toString(learningRate == null ? usual : learningRate);
        return Settings.override(settings, Map.of("train.outputOptimizer.learningRate", rate));
    }

    private void report(BenchRun.Plan plan, BenchRun.Outcome outcome) throws IOException {
        if (json) {
            console.out().println(Json.line(object(plan, outcome)));
        } else {
            table(outcome);
        }
        console.flush();
    }

    private ObjectNode object(BenchRun.Plan plan, BenchRun.Outcome outcome) {
        ObjectNode object = Json.object();
        object.put("labels", labels);
        object.put("fanIn", fanIn);
        object.put("inputs", inputs);
        object.put("hidden", outcome.hidden());
        object.put("features", features);
        object.put("batch", batch);
        object.put("group", group);
        object.put("weights", weights);
        object.put("optimizer", optimizer);
        object.put("learningRate", plan.settings().train().outputOptimizer().learningRate());
        object.put("loss", loss);
        object.put("steps", steps);
        object.put("threads", threads.count());
        object.put("seed", seed);
        object.put("parameters", outcome.parameters());
        object.put("buildSeconds", outcome.buildSeconds());
        object.put("secondsPerStep", outcome.secondsPerStep());
        object.put("cpuSecondsPerStep", outcome.cpuSecondsPerStep());
        object.put("scored", outcome.scored());
        object.put("updated", outcome.updated());
        object.put("gfma", gfma(outcome));
        object.put("firstLoss", outcome.firstLoss());
        object.put("lastLoss", outcome.lastLoss());
        object.put("peakRssBytes", outcome.peakRssBytes());
        object.put("heapUsedBytes", outcome.heapUsedBytes());
        object.put("layerBytes", outcome.layerBytes());
        object.put("kernels", Vectors.name());
        object.put("java", System.getProperty("java.version"));
        return object;
    }

    private double gfma(BenchRun.Outcome outcome) {
        double passes = outcome.scored() + 2 * outcome.updated();
        return passes * labels * fanIn * batch / outcome.secondsPerStep() / 1e9;
    }

    private void table(BenchRun.Outcome outcome) {
        Long peak = outcome.peakRssBytes();
        Table.ofTexts("parameters", Texts.count(outcome.parameters()))
                .row("built in", Texts.seconds(outcome.buildSeconds()))
                .row("a step", milliseconds(outcome.secondsPerStep()))
                .row("processor time of a step", milliseconds(outcome.cpuSecondsPerStep()))
                .row("labels with a gradient", String.format(Locale.ROOT, "%.1f %%", 100 * outcome.updated()))
                .row("rate", String.format(Locale.ROOT, "%.1f GFMA/s", gfma(outcome)))
                .row("loss", String.format(Locale.ROOT, "%.4f, then %.4f", outcome.firstLoss(), outcome.lastLoss()))
                .row("peak memory", peak == null ? "not told by this system" : Texts.bytes(peak))
                .row("heap used at most", Texts.bytes(outcome.heapUsedBytes()))
                .row("output layer and state", Texts.bytes(outcome.layerBytes()))
                .row("kernels", Vectors.name())
                .print(console.out());
    }

    private static String milliseconds(double seconds) {
        return seconds < 10
                ? String.format(Locale.ROOT, "%.2f ms", 1000 * seconds)
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
