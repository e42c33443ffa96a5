package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.data.ReadListener;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.rating.RatingFiles;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingEvaluation;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Question: how far off are the ratings that each method predicts on the five folds u1 to u5 of MovieLens 100K, and
 * with
 * how many parameters? In each fold a tenth of the training file tells how many epochs are best; then a model learns
 * from all of the training file for so many epochs and is measured on the test file, which nothing else looks at.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.Ratings RESULT FOLDER [METHOD ...]
 * </pre>
 */
public final class Ratings {

    private static final int FOLDS = 5;
    private static final double HELD_OUT = 0.1;

    private final Path data;
    private final Path scratch;
    private final Workers workers;

    private Ratings(Path data, Path scratch, Workers workers) {
        this.data = data;
        this.scratch = scratch;
        this.workers = workers;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("arguments are RESULT FOLDER [METHOD ...], got " + List.of(arguments));
        }
        String command = "java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector"
                + " -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.Ratings "
                + String.join(" ", arguments);
        StringBuilder page = new StringBuilder(
                Provenance.header("Rating models on the five folds of MovieLens 100K", command, Provenance.machine()));
        page.append("Means over the folds. #Emb counts the numbers of both tables without indices and biases, bytes are"
                + " those of the tables as they are stored, seconds of one training on two threads or less.\n\n");
        page.append(RatingsRow.HEADER);
        List<String> chosen = Arrays.asList(arguments).subList(2, arguments.length);
        try (Workers workers = new Workers(Math.min(2, Runtime.getRuntime().availableProcessors()));
                ScratchFolder folder = ScratchFolder.create("ratings")) {
            Ratings ratings = new Ratings(Path.of(arguments[1]), folder.path(), workers);
            for (RatingsVariant variant : variants()) {
                if (chosen.isEmpty() || chosen.contains(variant.method())) {
                    String line = RatingsRow.line(variant, ratings.folds(variant));
                    System.out.print(line);
                    page.append(line);
                }
            }
        }
        Files.writeString(Path.of(arguments[0]), page, StandardCharsets.UTF_8);
    }

    /** All lines of the table. Settings were chosen on tenths held out of the training files of u1 and u2. */
    static List<RatingsVariant> variants() {
        RatingsVariant mf = new RatingsVariant("MF", "Yogi, d 16", defaults());
        RatingsVariant sgd = mf.with(
                        "MF",
                        "optimizer.kind",
                        "sgd",
                        "optimizer.learningRate",
                        "0.02",
                        "l2",
                        "0.085",
                        "maxEpochs",
                        "100",
                        "patience",
                        "8")
                .called("SGD, d 16");
        return List.of(
                mf.with(
                                "biases",
                                "users.dimension",
                                "1",
                                "items.dimension",
                                "1",
                                "users.initialScale",
                                "0",
                                "items.initialScale",
                                "0")
                        .called("no vectors"),
                mf,
                sgd,
                sgd.with("MF", "users.dimension", "64", "items.dimension", "64").called("SGD, d 64"),
                sgd.with("MF", "biases", "false").called("SGD, d 16, no biases"),
                sgd.with(
                                "hashed",
                                "users.kind",
                                "hashed",
                                "items.kind",
                                "hashed",
                                "users.buckets",
                                "189",
                                "items.buckets",
                                "336")
                        .called("a fifth of the rows"));
    }

    private static RatingConfig defaults() {
        return Settings.override(RatingConfig.DEFAULT, Map.of("patience", "6", "maxEpochs", "60"));
    }

    private List<RatingsRow> folds(RatingsVariant variant) throws IOException {
        List<RatingsRow> rows = new ArrayList<>();
        for (int fold = 1; fold <= FOLDS; fold++) {
            rows.add(fold(variant, fold));
        }
        return rows;
    }

    private RatingsRow fold(RatingsVariant variant, int fold) throws IOException {
        RatingConfig config = variant.config();
        Path train = data.resolve("u" + fold + ".base.gz");
        Path test = data.resolve("u" + fold + ".test.gz");
        RatingDataConfig split = new RatingDataConfig(RatingDataConfig.Split.RANDOM, HELD_OUT, 1, false);
        long seed = config.train().seed();
        RatingData part =
                RatingData.read(new RatingFiles(List.of(train), List.of(), null), split, seed, ReadListener.NONE);
        RatingModel first = config.newModel(part);
        int epochs =
                RatingEpochReport.bestOf(train(variant, config, first, part)).epoch();
        RatingDataConfig all = new RatingDataConfig(RatingDataConfig.Split.RANDOM, 0, 1, false);
        RatingData whole =
                RatingData.read(new RatingFiles(List.of(train), List.of(), null), all, seed, ReadListener.NONE);
        RatingConfig stopped = Settings.override(config, Map.of("maxEpochs", String.valueOf(epochs)));
        RatingModel model = stopped.newModel(whole);
        long start = System.nanoTime();
        train(variant, stopped, model, whole);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RatingsRow(
                epochs,
                new RatingEvaluation(model, workers)
                        .measure(RatingData.read(
                                List.of(test), whole.users(), whole.items().ids(), ReadListener.NONE)),
                List.of(TableFacts.of(model.userTable()), TableFacts.of(model.itemTable())),
                bytes(model),
                seconds);
    }

    private List<RatingEpochReport> train(
            RatingsVariant variant, RatingConfig config, RatingModel model, RatingData ratings) throws IOException {
        return new RatingTrainer(config.train(), workers, RatingListener.SILENT, scratch)
                .adapting(variant.adaptation().get())
                .train(model, ratings.train(), ratings.validation());
    }

    private static long bytes(RatingModel model) {
        return Stream.of(model.userTable(), model.itemTable())
                .flatMap(table -> table.tensors().stream())
                .mapToLong((Tensor tensor) -> TensorPages.checkedBytes(tensor))
                .sum();
    }
}
