package dev.longtail.bench;

import dev.longtail.data.ReadListener;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Recommendation;
import dev.longtail.predict.Recommender;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.rating.RatingFiles;
import dev.longtail.rating.RatingSet;
import dev.longtail.rating.SeenItems;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Question: what does it cost in quality to let the training of a rating model take less memory, time or disk? One
 * setting after the other is lowered, and the validation MSE told, on tenths held out of a training file of MovieLens
 * 100K; the test part is not read. The answers are the costs of the settings that {@code train --max-memory} gives up.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -cp "bench/target/classes:bench/target/lib/*"
 *       dev.longtail.bench.RatingSavings RESULT TRAIN
 * </pre>
 *
 * Further arguments are settings, each of which is tried on the usual ones in place of the list, and nothing is
 * written.
 */
public final class RatingSavings {

    private static final long[] SEEDS = {1, 2, 3};
    private static final int RECOMMENDED = 10;
    private static final float LIKED = 4;

    /** Settings that are lowered, by those that they are compared with. */
    private static final List<Group> GROUPS = List.of(
            new Group(
                    "",
                    List.of(
                            "both.dimension=12",
                            "both.dimension=8",
                            "both.dimension=4",
                            "both.dimension=2",
                            "optimizer.kind=factored-adamw",
                            "optimizer.kind=adagrad,optimizer.learningRate=0.03",
                            "optimizer.kind=row-adagrad,optimizer.learningRate=0.03",
                            "optimizer.kind=row-adagrad,optimizer.learningRate=0.1",
                            "optimizer.kind=sgd,optimizer.learningRate=0.01",
                            "optimizer.kind=sgd,optimizer.learningRate=0.03",
                            "optimizer.kind=row-adagrad,optimizer.learningRate=0.03,both.dimension=8",
                            "batch=256",
                            "batch=64",
                            "maxEpochs=28",
                            "maxEpochs=16",
                            "maxEpochs=9",
                            "maxEpochs=5",
                            "maxEpochs=3")),
            new Group("solver=variational", List.of("both.dimension=12", "both.dimension=8", "both.dimension=4")),
            new Group("both.kind=hashed both.buckets=1600", List.of("both.buckets=1200", "both.buckets=600")),
            new Group("both.kind=mixed", List.of("both.mixed.temperature=0.75", "both.mixed.temperature=0.95")),
            new Group(
                    "both.kind=anchors both.initialScale=1",
                    List.of(
                            "both.anchors.count=37",
                            "both.anchors.count=25",
                            "both.anchors.count=12",
                            "both.anchors.links=13",
                            "both.anchors.links=6")));

    private final Workers workers;
    private final Path scratch;
    private final List<RatingData> splits = new ArrayList<>();

    /** Settings to start from, and changes to them. */
    private record Group(String start, List<String> changes) {}

    /** Means over the splits. */
    private record Run(double mse, double parameters, double epoch, double hits, double hitsOfAll) {}

    private RatingSavings(Path train, Workers workers, Path scratch) throws IOException {
        this.workers = workers;
        this.scratch = scratch;
        RatingDataConfig config = new RatingDataConfig(RatingDataConfig.Split.RANDOM, 0.1, 1, false);
        for (long seed : SEEDS) {
            splits.add(
                    RatingData.read(new RatingFiles(List.of(train), List.of(), null), config, seed, ReadListener.NONE));
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("arguments are RESULT TRAIN [SETTINGS...], got " + arguments.length);
        }
        List<String> asked = List.of(arguments).subList(2, arguments.length);
        String command = "java --add-modules jdk.incubator.vector -cp \"bench/target/classes:bench/target/lib/*\""
                + " dev.longtail.bench.RatingSavings " + String.join(" ", arguments);
        try (Workers workers = new Workers(1);
                ScratchFolder folder = ScratchFolder.create("savings")) {
            RatingSavings savings = new RatingSavings(Path.of(arguments[1]), workers, folder.path());
            if (!asked.isEmpty()) {
                savings.table(new Group("", asked));
                return;
            }
            String page = Provenance.header("Rating models that take less", command, Provenance.machine())
                    + "Validation MSE on a tenth held out of the file, mean over " + SEEDS.length
                    + " tenths and seeds; hits are the share of the held-out items rated " + LIKED
                    + " or more that are among " + RECOMMENDED
                    + " recommended, out of items that the user has not rated"
                    + " (`keepSeen=true`) and out of all.\n\n"
                    + GROUPS.stream().map(savings::table).collect(Collectors.joining("\n"));
            Files.writeString(Path.of(arguments[0]), page, StandardCharsets.UTF_8);
        }
    }

    private String table(Group group) {
        StringBuilder table = new StringBuilder();
        Run start = run(group.start);
        add(
                table,
                "| change | validation MSE | difference, thousandths | parameters | epochs | hits | hits of all |%n"
                        + "|---|---|---|---|---|---|---|%n");
        row(table, group.start.isEmpty() ? "usual settings" : group.start, start, start);
        for (String change : group.changes) {
            row(table, change, run(group.start + " " + change.replace(',', ' ')), start);
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String name, Run run, Run start) {
        add(
                table,
                "| `%s` | %.4f | %.1f | %.0f | %.1f | %.3f | %.3f |%n",
                name,
                run.mse,
                1000 * (run.mse - start.mse),
                run.parameters,
                run.epoch,
                run.hits,
                run.hitsOfAll);
    }

    private static void add(StringBuilder table, String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.print(text);
        table.append(text);
    }

    private Run run(String settings) {
        double[] sums = new double[5];
        for (int split = 0; split < SEEDS.length; split++) {
            RatingData data = splits.get(split);
            RatingConfig config = BudgetRuns.config("seed=" + SEEDS[split] + " " + settings.strip());
            RatingModel model = config.newModel(data);
            RatingEpochReport best;
            try {
                best = RatingEpochReport.bestOf(
                        new RatingTrainer(config.train(), workers, RatingListener.SILENT, scratch)
                                .train(model, data.train(), data.validation()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sums[0] += best.validation().orElseThrow().mse();
            sums[1] += model.parameters();
            sums[2] += best.epoch();
            sums[3] += hits(model, data, true);
            sums[4] += hits(model, data, false);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= SEEDS.length;
        }
        return new Run(sums[0], sums[1], sums[2], sums[3], sums[4]);
    }

    /** Share of the liked items held out that are among those recommended. */
    private double hits(RatingModel model, RatingData data, boolean leaving) {
        RatingSet held = data.validation().orElseThrow();
        SeenItems seen = SeenItems.of(data.train(), data.users().size());
        Recommender recommender = new Recommender(model, RECOMMENDED, workers);
        List<Set<String>> liked = new ArrayList<>();
        for (int user = 0; user < data.users().size(); user++) {
            liked.add(new HashSet<>());
        }
        int all = 0;
        for (int i = 0; i < held.size(); i++) {
            if (held.user(i) >= 0 && held.item(i) >= 0 && held.rating(i) >= LIKED) {
                liked.get(held.user(i)).add(data.items().id(held.item(i)));
                all++;
            }
        }
        int hits = 0;
        for (int user = 0; user < liked.size(); user++) {
            int[] without = leaving ? seen.of(user) : new int[0];
            for (Recommendation item : recommender.forUser(user, without)) {
                hits += liked.get(user).contains(item.id()) ? 1 : 0;
            }
        }
        return (double) hits / all;
    }
}
