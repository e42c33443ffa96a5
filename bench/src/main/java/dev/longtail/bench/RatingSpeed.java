package dev.longtail.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.longtail.config.Settings;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingGroups;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Question: how long is an epoch over ratings, and what memory does it take? Draws a rating set of a shape and trains
 * each kind of model on it in a process of its own: plain loops of stochastic gradient descent as LIBMF has them, full
 * matrix factorisation, and anchor tables. Names of kinds: {@code loop}, {@code loop-groups} on ratings in the groups
 * that our own tables read, {@code mf} by Yogi, {@code mf-RULE} by another rule of the optimizer as {@code mf-sgd},
 * {@code ant-K} with K anchors each.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.RatingSpeed
 *       users=162541 items=59047 ratings=25000095 epochs=3 rounds=1 kinds=loop,mf,ant-5,ant-20 name=movielens-25m
 * </pre>
 */
public final class RatingSpeed {

    private static final Path RESULTS = Path.of("bench/results");
    static final int DIMENSION = 16;
    private static final Map<String, String> USUAL = Map.of(
            "users", "162541",
            "items", "59047",
            "ratings", "25000095",
            "epochs", "3",
            "rounds", "1",
            "kinds", "loop,mf,ant-5,ant-20",
            "threads", "2",
            "batch", "1024",
            "heap", "",
            "name", "");

    private RatingSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> chosen = new HashMap<>(USUAL);
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || chosen.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("arguments are NAME=VALUE with one of " + USUAL.keySet());
            }
        }
        String[] kinds = text(chosen, "kinds").split(",");
        if (kinds.length == 1
                && number(chosen, "rounds") == 1
                && text(chosen, "name").isEmpty()) {
            System.out.println(one(kinds[0], chosen));
            return;
        }
        List<JsonNode> runs = new ArrayList<>();
        for (int round = 0; round < number(chosen, "rounds"); round++) {
            for (String kind : kinds) {
                runs.add(child(kind, chosen));
                System.out.println(runs.get(runs.size() - 1));
            }
        }
        String page = page(String.join(" ", arguments), chosen, kinds, runs);
        System.out.print(page);
        if (!text(chosen, "name").isEmpty()) {
            Files.writeString(
                    RESULTS.resolve("rating-speed-" + text(chosen, "name") + ".md"), page, StandardCharsets.UTF_8);
        }
    }

    private static int number(Map<String, String> chosen, String name) {
        return Integer.parseInt(text(chosen, name));
    }

    private static String text(Map<String, String> chosen, String name) {
        return chosen.getOrDefault(name, "");
    }

    /** Trains one kind in a new process, so that its peak memory is its own. */
    private static JsonNode child(String kind, Map<String, String> chosen) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-XX:+UseTransparentHugePages", // a row and another side's are on as many pages
                "-Xmn16m", // everything large stays
                "-Xmx" + heap(kind, chosen),
                "-cp",
                System.getProperty("java.class.path")));
        command.add(RatingSpeed.class.getName());
        for (String name : List.of("users", "items", "ratings", "epochs", "threads", "batch")) {
            command.add(name + "=" + text(chosen, name));
        }
        command.add("kinds=" + kind);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("training of " + kind + " failed");
        }
        return new ObjectMapper().readTree(out.strip());
    }

    /** What is asked for, or data, parameters and Yogi's two numbers each, and what biases and batches take. */
    private static String heap(String kind, Map<String, String> chosen) {
        double held = shape(chosen).bytesEach() * (double) number(chosen, "ratings");
        double loop = kind.startsWith("loop") ? data(chosen) : 0; // it has arrays of its own
        double bytes = held + loop + 12.0 * parameters(kind, chosen) + (48L << 20);
        return text(chosen, "heap").isEmpty() ? Math.round(bytes / (1 << 20)) + "m" : text(chosen, "heap");
    }

    private static SyntheticRatings shape(Map<String, String> chosen) {
        return new SyntheticRatings(
                number(chosen, "users"), number(chosen, "items"), number(chosen, "ratings"), 5, 2, 0.8f, 1);
    }

    /** Bytes of the ratings as two whole numbers and a float each, which is what data means in the bound. */
    private static double data(Map<String, String> chosen) {
        return 12.0 * number(chosen, "ratings");
    }

    private static long parameters(String kind, Map<String, String> chosen) {
        long objects = number(chosen, "users") + (long) number(chosen, "items");
        if (!kind.startsWith("ant-")) {
            return objects * DIMENSION;
        }
        int anchors = Integer.parseInt(kind.substring(4));
        return objects * anchors + 2L * anchors * DIMENSION;
    }

    private static ObjectNode one(String kind, Map<String, String> chosen) throws IOException {
        SyntheticRatings shape = shape(chosen);
        int threads = number(chosen, "threads");
        try (Workers workers = Workers.lookingOut(threads)) {
            RatingSet set = shape.draw(workers);
            List<Double> seconds = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            long parameters;
            if (kind.startsWith("loop")) {
                parameters = parameters(kind, chosen);
                RatingSet read = kind.equals("loop") ? set : grouped(shape, set);
                loop(new PlainLoop(shape, read), number(chosen, "epochs"), seconds, cpu, losses);
            } else {
                parameters = train(kind, chosen, shape, set, workers, new Watch(seconds, cpu, losses));
            }
            ObjectNode result = new ObjectMapper().createObjectNode();
            result.put("kind", kind);
            result.put("parameters", parameters);
            seconds.forEach(result.withArray("seconds")::add);
            cpu.forEach(result.withArray("cpuSeconds")::add);
            losses.forEach(result.withArray("losses")::add);
            result.put("peakRssBytes", peak());
            return result;
        }
    }

    private static long train(
            String kind,
            Map<String, String> chosen,
            SyntheticRatings shape,
            RatingSet set,
            Workers workers,
            Watch watch)
            throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "train.maxEpochs",
                text(chosen, "epochs"),
                "train.batch",
                text(chosen, "batch"),
                "train.optimizer.kind",
                "yogi",
                "train.l2",
                "0.01"));
        settings.put("train.optimizer.learningRate", kind.startsWith("ant-") ? "0.03" : "0.01");
        if (kind.startsWith("mf-")) {
            settings.put("train.optimizer.kind", kind.substring(3));
        }
        if (kind.startsWith("ant-")) {
            for (String side : List.of("users", "items")) {
                settings.put("model." + side + ".kind", "anchors");
                settings.put("model." + side + ".anchors.count", kind.substring(4));
                settings.put("model." + side + ".anchors.links", "0");
                settings.put("model." + side + ".anchors.penalty.l1", "2e-6");
                settings.put("model." + side + ".anchors.penalty.rows", "touched");
                settings.put("model." + side + ".initialScale", "1");
            }
        }
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, settings);
        RatingModel model = new RatingModel(
                config.model(), Ids.numbered(shape.userCounts(set)), new Items(Ids.numbered(shape.itemCounts(set))));
        Path temporary = Files.createTempDirectory("longtail-ratings-");
        RatingSet grouped = grouped(shape, set);
        watch.start();
        new RatingTrainer(config.train(), workers, watch, temporary).train(model, grouped, Optional.empty());
        Files.delete(temporary);
        return model.tableParameters();
    }

    /** The ratings as those of files are, see {@link RatingGroups}; the set must not be used any more. */
    private static RatingSet grouped(SyntheticRatings shape, RatingSet set) {
        return set.grouped(RatingGroups.of(shape.users(), shape.items()));
    }

    private static void loop(PlainLoop loop, int epochs, List<Double> seconds, List<Double> cpu, List<Double> losses) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            long start = System.nanoTime();
            double before = cpuSeconds();
            losses.add(loop.epoch(0.01f, 0.02f));
            seconds.add((System.nanoTime() - start) / 1e9);
            cpu.add(cpuSeconds() - before);
        }
    }

    private static double cpuSeconds() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Peak of the resident memory by the system, -1 where it does not tell. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(-1);
    }

    /** Takes the times of the epochs. */
    private static final class Watch implements RatingListener {

        private final List<Double> seconds;
        private final List<Double> cpu;
        private final List<Double> losses;
        private double before;

        Watch(List<Double> seconds, List<Double> cpu, List<Double> losses) {
            this.seconds = seconds;
            this.cpu = cpu;
            this.losses = losses;
        }

        void start() {
            before = cpuSeconds();
        }

        @Override
        public void epoch(RatingEpochReport report) {
            seconds.add(report.seconds());
            losses.add(2 * report.loss());
            cpu.add(cpuSeconds() - before);
            before = cpuSeconds();
        }
    }

    private static String page(String arguments, Map<String, String> chosen, String[] kinds, List<JsonNode> runs) {
        String command = "java --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\" "
                + "dev.longtail.bench.RatingSpeed " + arguments;
        StringBuilder page = new StringBuilder(Provenance.header("Epochs over ratings", command, Provenance.machine()));
        page.append(String.format(
                Locale.ROOT,
                "%,d users, %,d items, %,d drawn ratings, dimension %d, batch %s, Yogi but where"
                        + " another rule is named, biases, %s"
                        + " threads; the loop has one thread, plain descent, no biases and ratings in random order,"
                        + " loop-groups in the groups that our tables read (`RatingGroups`). Medians of %s rounds"
                        + " and of all epochs but the first of each, in which code is compiled. Data: 12 bytes a"
                        + " rating, as two whole numbers and a float take, of which training holds %d. %s The"
                        + " resident memory is that of the whole Java machine; the loop has both the ratings as"
                        + " training holds them and plain arrays.%n%n",
                number(chosen, "users"),
                number(chosen, "items"),
                number(chosen, "ratings"),
                DIMENSION,
                text(chosen, "batch"),
                text(chosen, "threads"),
                text(chosen, "rounds"),
                shape(chosen).bytesEach(),
                text(chosen, "heap").isEmpty()
                        ? "The heap is given what is held + 3 x parameters (Yogi keeps two numbers for each) + 48 MB."
                        : "The heap is given " + text(chosen, "heap") + "."));
        page.append("| model | #Emb | s an epoch | CPU s an epoch | times the loop | times mf | MSE of the last epoch,"
                + " before each step | peak RSS, MB | data + 2 x parameters, MB"
                + " |\n|---|---|---|---|---|---|---|---|---|\n");
        double loop = median(runs, "loop", "seconds");
        double mf = median(runs, "mf", "seconds");
        for (String kind : kinds) {
            double seconds = median(runs, kind, "seconds");
            JsonNode last = runs.stream()
                    .filter(run -> run.path("kind").asString("").equals(kind))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            JsonNode losses = last.path("losses");
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.2f | %.2f | %s | %s | %.4f | %.0f | %.0f |%n",
                    kind,
                    last.path("parameters").asLong(),
                    seconds,
                    median(runs, kind, "cpuSeconds"),
                    times(seconds, loop),
                    times(seconds, mf),
                    losses.get(losses.size() - 1).asDouble(),
                    last.path("peakRssBytes").asLong() / 1e6,
                    (data(chosen) + 8.0 * last.path("parameters").asLong()) / 1e6));
        }
        return page.toString();
    }

    /** A quotient; a dash where there was no run to compare with. */
    private static String times(double seconds, double others) {
        return Double.isNaN(others) ? "-" : String.format(Locale.ROOT, "%.2f", seconds / others);
    }

    private static double median(List<JsonNode> runs, String kind, String field) {
        double[] values = runs.stream()
                .filter(run -> run.path("kind").asString("").equals(kind))
                .flatMapToDouble(run -> {
                    JsonNode numbers = run.path(field);
                    double[] later = new double[Math.max(0, numbers.size() - 1)];
                    for (int i = 0; i < later.length; i++) {
                        later[i] = numbers.get(i + 1).asDouble();
                    }
                    return Arrays.stream(later);
                })
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : values[values.length / 2];
    }
}
