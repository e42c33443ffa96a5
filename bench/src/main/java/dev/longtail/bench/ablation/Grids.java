package dev.longtail.bench.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All grids; the only place that knows names of settings. Everything not said here is preset base. */
public final class Grids {

    /** Columns that figures look for. */
    static final String FAN_IN = "fan-in";

    static final String SPARSITY = "sparsity, %";
    static final String AUXILIARY = "auxiliary";
    static final String CUTOFF = "cut-off";
    static final String ARCHITECTURE = "architecture";
    static final String CONNECTIONS = "connections";
    static final String LABELS = "labels";
    static final String LAYER = "layer";

    private static final int INPUTS = 768;
    private static final int SMALL_INPUTS = 192;
    private static final List<Long> ONE_SEED = List.of(1L);
    private static final List<Long> THREE_SEEDS = List.of(1L, 2L, 3L);

    private static final Map<String, String> BASE = Map.of("table.dimension", "" + INPUTS);
    private static final Map<String, String> HEAD =
            Map.of("output.order", "clusters", "train.auxiliary.weight", "0.4", "train.auxiliary.cutoff", "0.5");
    /** Another order of the labels draws other connections, so that with a head is compared with the same without. */
    private static final Map<String, String> ORDER = Map.of("output.order", "clusters");

    /**
     * Linear, as in the authors' code, and slow: with ReLU and a normalisation before it, or at the rate of preset
     * base, two epochs of 30,000 documents of finna-yso-en fell from a P@1 of 17.5 to 15.5 and below
     * (bench/results/spartex-findings.md).
     */
    private static final Map<String, String> WIDE = Map.of(
            "body.activation", "linear",
            "body.normalisation", "none",
            "train.bodyOptimizer.learningRate", "0.002");

    private static final Map<String, String> STATIC = Map.of("rewire.policy", "static");
    private static final Map<String, String> DENSE = Map.of("output.kind", "dense");

    private Grids() {}

    /** The grid of this name. */
    public static Grid named(String name) {
        return all().stream()
                .filter(grid -> grid.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no grid " + name + ", there are "
                        + all().stream().map(Grid::name).collect(Collectors.joining(", "))));
    }

    /** All of them. */
    public static List<Grid> all() {
        return List.of(
                fanIn(),
                cutoff(),
                dynamic(),
                policies(),
                clusters(),
                head(),
                intermediate(),
                architecture(),
                curves(),
                labels(),
                cheaper(),
                frozen(),
                losses(),
                optimizers());
    }

    private static Cell fanIn(int fanIn) {
        return Cell.EMPTY.head(FAN_IN, "" + fanIn).and(BASE).set("output.fanIn", "" + fanIn);
    }

    /** The share of a dense layer's connections that a label does not have. */
    private static Cell sparsity(String architecture, int fanIn) {
        return Cell.EMPTY
                .head(ARCHITECTURE, architecture)
                .head(FAN_IN, "" + fanIn)
                .head(SPARSITY, String.format(Locale.ROOT, "%.1f", 100.0 * (INPUTS - fanIn) / INPUTS))
                .and(BASE)
                .set("output.fanIn", "" + fanIn);
    }

    private static Grid fanIn() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {384, 256, 128, 64, 32}) {
            cells.add(fanIn(fanIn).head(AUXILIARY, "off").and(ORDER));
            cells.add(fanIn(fanIn).head(AUXILIARY, "on").and(HEAD));
        }
        return new Grid(
                "fan-in",
                "What does fan-in cost and bring, and does the auxiliary objective help?",
                3,
                ONE_SEED,
                cells);
    }

    private static Grid cutoff() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {128, 32}) {
            cells.add(fanIn(fanIn).head(CUTOFF, "0").and(ORDER));
            for (String share : List.of("0.1", "0.25", "0.5", "0.75", "1")) {
                cells.add(fanIn(fanIn).head(CUTOFF, share).and(HEAD).set("train.auxiliary.cutoff", share));
            }
        }
        return new Grid(
                "cutoff", "After which share of a run should the auxiliary objective end?", 3, THREE_SEEDS, cells);
    }

    private static Grid dynamic() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {128, 64, 32}) {
            cells.add(fanIn(fanIn).head(CONNECTIONS, "moving"));
            cells.add(fanIn(fanIn).head(CONNECTIONS, "static").and(STATIC));
        }
        return new Grid("dynamic", "What do moving connections bring?", 3, THREE_SEEDS, cells);
    }

    private static Grid policies() {
        List<Cell> cells = new ArrayList<>();
        cells.add(fanIn(64).head(CONNECTIONS, "static").and(STATIC));
        cells.add(fanIn(64).head(CONNECTIONS, "set"));
        for (String policy : List.of("rigl", "dst-ee", "momentum", "pattern")) {
            cells.add(fanIn(64).head(CONNECTIONS, policy).set("rewire.policy", policy));
        }
        cells.add(fanIn(64).head(CONNECTIONS, "set by threshold").set("rewire.prune.rule", "threshold"));
        cells.add(fanIn(64).head(CONNECTIONS, "set, state kept").set("rewire.resetState", "false"));
        return new Grid("policies", "Which way of moving connections is best?", 3, ONE_SEED, cells);
    }

    private static Grid clusters() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {128, 32}) {
            cells.add(fanIn(fanIn).head("clusters", "similar").and(HEAD));
            cells.add(fanIn(fanIn).head("clusters", "random").and(HEAD).set("output.order", "random-clusters"));
        }
        return new Grid(
                "clusters", "Must the clusters of the auxiliary objective be similar labels?", 3, THREE_SEEDS, cells);
    }

    /** A head of zeros gives the encoder no gradient; what is left of it is that the main loss counts less at first. */
    private static Grid head() {
        Cell cell = fanIn(64).and(HEAD);
        List<Cell> cells = List.of(
                fanIn(64).head(AUXILIARY, "off").and(ORDER),
                cell.head(AUXILIARY, "mean over clusters"),
                cell.head(AUXILIARY, "head stays at zero").set("train.auxiliary.optimizer.learningRate", "1e-12"),
                cell.head(AUXILIARY, "sum over clusters").set("train.auxiliary.normalisation", "sum"),
                fanIn(64)
                        .head(AUXILIARY, "off, rates warm up")
                        .and(ORDER)
                        .set("train.schedule.warmup", "0.2")
                        .set("train.outputSchedule.warmup", "0.2"));
        return new Grid("head", "By what does the auxiliary objective act?", 3, ONE_SEED, cells);
    }

    private static Grid intermediate() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {64, 32}) {
            cells.add(fanIn(fanIn).head("intermediate", "0"));
            for (int units : new int[] {2048, 4096}) {
                Cell cell = fanIn(fanIn).set("body.intermediate", "" + units);
                cells.add(cell.head("intermediate", units + ", linear").and(WIDE));
                cells.add(cell.head("intermediate", units + ", ReLU")
                        .set("train.bodyOptimizer.learningRate", "0.002")
                        .set("train.outputOptimizer.learningRate", "0.002"));
            }
        }
        return new Grid(
                "intermediate", "Does a sparse layer underfit without an intermediate layer?", 3, ONE_SEED, cells);
    }

    private static Grid architecture() {
        List<Cell> cells = new ArrayList<>();
        String units = "2048";
        for (int fanIn : new int[] {384, 256, 128, 64, 32}) {
            cells.add(sparsity("S", fanIn));
            cells.add(sparsity("S+W", fanIn).and(WIDE).set("body.intermediate", units));
            cells.add(sparsity("S+W+Aux", fanIn)
                    .and(WIDE)
                    .set("body.intermediate", units)
                    .and(HEAD));
            cells.add(sparsity("static", fanIn).and(STATIC));
            cells.add(sparsity("bottleneck", fanIn)
                    .set("output.kind", "bottleneck")
                    .set("output.rank", "" + fanIn));
        }
        cells.add(sparsity("dense", INPUTS).and(DENSE));
        return new Grid("architecture", "How does quality fall with sparsity, by architecture?", 3, ONE_SEED, cells);
    }

    private static Grid curves() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {128, 64, 32}) {
            cells.add(fanIn(fanIn).head(AUXILIARY, "off").and(ORDER));
            cells.add(fanIn(fanIn).head(AUXILIARY, "on").and(HEAD));
        }
        return new Grid("curves", "How do longer runs go, epoch by epoch?", 8, ONE_SEED, cells);
    }

    /** 83 % as in fan-in 128 of 768, with fewer hidden units: the dense layer of 300,000 labels must be affordable. */
    private static Grid labels() {
        List<Cell> cells = new ArrayList<>();
        for (int labels : new int[] {10_000, 30_000, 100_000, 300_000}) {
            Cell cell = Cell.EMPTY
                    .head(LABELS, "" + labels)
                    .set("table.dimension", "" + SMALL_INPUTS)
                    .on(DataSets.SYNTHETIC + labels);
            cells.add(cell.head(LAYER, "dense").and(DENSE));
            cells.add(cell.head(LAYER, "83 % sparse").set("output.fanIn", "" + SMALL_INPUTS / 6));
        }
        return new Grid("labels", "Does sparsity cost more where there are more labels?", 3, ONE_SEED, cells);
    }

    private static Grid cheaper() {
        List<Cell> cells = new ArrayList<>();
        Cell cell = fanIn(64).and(ORDER);
        cells.add(cell.head(LABELS, "all, none skipped").set("train.skip", "false"));
        cells.add(cell.head(LABELS, "all").set("train.skip", "true"));
        for (int clusters : new int[] {64, 16, 4}) {
            cells.add(cell.head(LABELS, "shortlist of " + clusters).set("train.shortlist", "" + clusters));
        }
        return new Grid("cheaper", "What do cheaper steps save, and what do they lose?", 3, ONE_SEED, cells);
    }

    private static Grid frozen() {
        List<Cell> cells = new ArrayList<>();
        for (int fanIn : new int[] {128, 64}) {
            cells.add(fanIn(fanIn).head("frozen", "nothing"));
            cells.add(fanIn(fanIn).head("frozen", "encoder").set("train.frozen", "encoder"));
        }
        return new Grid(
                "frozen", "Is learning end to end better than a new layer on fixed vectors?", 3, ONE_SEED, cells);
    }

    private static Grid losses() {
        List<Cell> cells = new ArrayList<>();
        Map<String, String> logistic = Map.of("model.loss", "logistic", "train.trainBias", "true");
        cells.add(fanIn(128).head("loss", "squared hinge"));
        cells.add(fanIn(128).head("loss", "squared hinge, mean").set("objective.normalisation", "mean"));
        cells.add(fanIn(128).head("loss", "squared hinge, positives twice").set("objective.positiveWeight", "2"));
        cells.add(fanIn(128).head("loss", "squared hinge, propensity").set("objective.weighting", "propensity"));
        cells.add(fanIn(128).head("loss", "logistic").and(logistic));
        cells.add(fanIn(128).head("loss", "logistic, sum").and(logistic).set("objective.normalisation", "sum"));
        cells.add(
                fanIn(128).head("loss", "logistic, propensity").and(logistic).set("objective.weighting", "propensity"));
        cells.add(fanIn(128).head("loss", "logistic, unbiased").and(logistic).set("objective.weighting", "unbiased"));
        return new Grid("losses", "Which loss, normalisation and weighting?", 3, ONE_SEED, cells);
    }

    /** Rates differ, because a step of each rule has another length for one rate. */
    private static Grid optimizers() {
        List<Cell> cells = new ArrayList<>();
        Map<String, String> rates = Map.of(
                "sgd", "0.2",
                "momentum", "0.02",
                "adagrad", "0.02",
                "row-adagrad", "0.02",
                "adamw", "0.001",
                "factored-adamw", "0.001",
                "adalomo", "0.01");
        for (String rule : List.of("sgd", "momentum", "adagrad", "row-adagrad", "adamw", "factored-adamw", "adalomo")) {
            for (String weights : List.of("float32", "bfloat16")) {
                cells.add(fanIn(128)
                        .head("rule", rule)
                        .head("weights", weights)
                        .set("train.outputOptimizer.kind", rule)
                        .set("train.outputOptimizer.learningRate", rates.getOrDefault(rule, "0.02"))
                        .set("output.weights", weights));
            }
        }
        return new Grid(
                "optimizers",
                "What do the output layer's rule and format of weights cost and bring?",
                3,
                ONE_SEED,
                cells);
    }
}
