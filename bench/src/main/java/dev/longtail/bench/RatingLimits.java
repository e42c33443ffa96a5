package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import dev.longtail.train.RatingConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Question: does {@code longtail train --task rate --max-memory} stay below the memory that it is given, and what does
 * it give up for it? Trains on made-up ratings of many users, without a limit and with limits, by the launcher, each in
 * a process of its own.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*"
 *       dev.longtail.bench.RatingLimits RESULT LAUNCHER SOLVER:LIMIT,LIMIT...
 * </pre>
 */
public final class RatingLimits {

    private static final SyntheticRatings SHAPE = new SyntheticRatings(400_000, 150_000, 2_000_000, 5, 2, 0.8f, 1);
    private static final String EPOCHS = "5";
    private static final String NONE = "none";
    private static final Set<String> GIVEN = Set.of("train.solver", "train.maxEpochs");

    private RatingLimits() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException(
                    "arguments are RESULT LAUNCHER SOLVER:LIMIT,LIMIT..., got " + arguments.length);
        }
        String command = "java --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\""
                + " dev.longtail.bench.RatingLimits " + String.join(" ", arguments);
        StringBuilder page = new StringBuilder(
                Provenance.header("Rating models within a limit on memory", command, Provenance.machine()));
        add(
                page,
                "%,d made-up ratings of %,d users and %,d items, %s epochs: `train --task rate --max-memory LIMIT`.%n%n"
                        + "| solver | limit | peak RSS, MB | given up | validation MSE | CPU, s | wall, s | model, MB"
                        + " |%n|---|---|---:|---|---:|---:|---:|---:|%n",
                SHAPE.ratings(),
                SHAPE.users(),
                SHAPE.items(),
                EPOCHS);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-limits-")) {
            Path file = scratch.path().resolve("ratings.csv");
            write(file);
            for (String asked : List.of(arguments).subList(2, arguments.length)) {
                int end = asked.indexOf(':');
                for (String limit : (NONE + "," + asked.substring(end + 1)).split(",")) {
                    measure(arguments[1], asked.substring(0, end), file, limit, page);
                }
            }
        }
        Files.writeString(Path.of(arguments[0]), page, StandardCharsets.UTF_8);
    }

    private static void add(StringBuilder page, String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.print(text);
        page.append(text);
    }

    private static void write(Path file) throws IOException {
        try (Workers workers = new Workers(2);
                BufferedWriter out = Files.newBufferedWriter(file)) {
            RatingSet ratings = SHAPE.draw(workers);
            out.write("user,item,rating\n");
            for (int i = 0; i < ratings.size(); i++) {
                out.write("u" + ratings.user(i) + ",i" + ratings.item(i) + "," + ratings.rating(i) + "\n");
            }
        }
    }

    private static void measure(String launcher, String solver, Path file, String limit, StringBuilder page)
            throws IOException, InterruptedException {
        Path model = file.resolveSibling("model-" + solver + "-" + limit);
        List<String> command = new ArrayList<>(List.of(launcher, "train", "--task", "rate", "--json"));
        command.addAll(List.of("--train", file.toString(), "--model", model.toString()));
        command.addAll(List.of("--set", "solver=" + solver, "--max-epochs", EPOCHS));
        if (!limit.equals(NONE)) {
            command.addAll(List.of("--max-memory", limit));
        }
        JsonNode trained = BenchProcess.json(command);
        add(
                page,
                "| %s | %s | %.0f | %s | %.4f | %.0f | %.0f | %.1f |%n",
                solver,
                limit,
                trained.path("peakRssBytes").asDouble() / 1e6,
                givenUp(RatingModelFolder.read(model).config()),
                trained.path("MSE").asDouble(),
                trained.path("cpuSeconds").asDouble(),
                trained.path("seconds").asDouble(),
                trained.path("modelBytes").asDouble() / 1e6);
    }

    /** Settings that are not the usual ones, but for those that were given. */
    private static String givenUp(RatingConfig config) {
        Set<Settings.Leaf> usual = new HashSet<>(Settings.leaves(RatingConfig.DEFAULT));
        return Settings.leaves(config).stream()
                .filter(leaf -> !usual.contains(leaf) && !GIVEN.contains(leaf.path()))
                .map(leaf -> "`" + leaf.path() + "` " + leaf.defaultText())
                .collect(Collectors.joining(", "));
    }
}
