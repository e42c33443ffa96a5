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
import dev.longtail.train.RatingAdaptation;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingEvaluation;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Question: how far off are the ratings that each method predicts on the five folds u1 to u5 of MovieLens 100K,
 * and with how many parameters? In each fold a tenth of the training file tells how many epochs are best; then a model
 * learns from all of the training file for so many epochs and is measured on the test file.
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
        List<String> chosen = Arrays.asList(arguments).subList(2, arguments.length);
        String header =
                Provenance.header("Rating models on the five folds of MovieLens 100K", command, Provenance.machine());
        RatingsTable table = new RatingsTable();
        try (Workers workers = new Workers(Math.min(2, Runtime.getRuntime().availableProcessors()));
                ScratchFolder folder = ScratchFolder.create("ratings")) {
            Ratings ratings = new Ratings(Path.of(arguments[1]), folder.path(), workers);
            for (RatingsVariant variant : RatingsVariants.all()) {
                if (chosen.isEmpty() || chosen.contains(variant.method())) {
                    table.add(variant, ratings.folds(variant));
                    System.out.print(table.last());
                    Files.writeString(Path.of(arguments[0]), page(header, table), StandardCharsets.UTF_8);
                }
            }
        }
    }

    private static String page(String header, RatingsTable table) {
        String best = RatingsVariants.BEST.method() + ", " + RatingsVariants.BEST.setting();
        return header
                + "Means over the folds, next to what Liang et al., \"Anchor and Transform\" (ICLR 2021), print in"
                + " Tables 3 and 14, on other and larger sets. #Emb counts the numbers of both tables, without indices"
                + " and biases; \"x smaller\" and \"MSE - MF\" are against the " + RatingsVariants.FULL.method()
                + " of " + RatingsVariants.FULL.setting() + ", the paper's against its own MF. In each fold a tenth of"
                + " the training file tells how many epochs are best; what is measured has learned from all of that"
                + " file. \"At most a fifth\" of MF's numbers holds for that search; learned from all ratings, tables"
                + " can come out a little larger. Settings were chosen by random search and by hand on such"
                + " tenths of u1 and u2; how much each method was tried, and what was seen of tests, is in"
                + " [ratings-ideas.md](ratings-ideas.md).\n\n"
                + table.figures()
                + "\n## The line \"" + best + "\" against the others\n\n"
                + table.against(RatingsVariants.BEST)
                + "\n## More about ours\n\nBytes are those of the tables as they are stored, indices included; seconds"
                + " are of one training on one thread, on a machine that does other things too.\n\n"
                + table.details()
                + "\n## Settings\n\n`both` stands for users and items; what is not named is as in"
                + " `RatingConfig.DEFAULT`.\n\n"
                + table.settings();
    }

    /** A fold is one thread's work: its model is too small for two. */
    private List<RatingsRow> folds(RatingsVariant variant) {
        RatingsRow[] rows = new RatingsRow[FOLDS];
        workers.run(FOLDS, (fold, worker) -> {
            try (Workers alone = new Workers(1)) {
                rows[fold] = fold(variant, fold + 1, alone);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return List.of(rows);
    }

    private RatingsRow fold(RatingsVariant variant, int fold, Workers alone) throws IOException {
        RatingConfig config = variant.config();
        Path train = data.resolve("u" + fold + ".base.gz");
        Path test = data.resolve("u" + fold + ".test.gz");
        RatingDataConfig split = new RatingDataConfig(RatingDataConfig.Split.RANDOM, HELD_OUT, 1, false);
        long seed = config.train().seed();
        RatingData part =
                RatingData.read(new RatingFiles(List.of(train), List.of(), null), split, seed, ReadListener.NONE);
        RatingModel first = config.newModel(part);
        List<RatingEpochReport> reports =
                trainer(config, variant.search(), alone).train(first, part.train(), part.validation());
        int epochs = RatingEpochReport.bestOf(reports).epoch();
        RatingDataConfig all = new RatingDataConfig(RatingDataConfig.Split.RANDOM, 0, 1, false);
        RatingData whole =
                RatingData.read(new RatingFiles(List.of(train), List.of(), null), all, seed, ReadListener.NONE);
        RatingConfig stopped = Settings.override(config, Map.of("maxEpochs", String.valueOf(epochs)));
        RatingModel model = stopped.newModel(whole);
        long start = System.nanoTime();
        trainer(stopped, variant.repetition(reports), alone).train(model, whole.train(), whole.validation());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new RatingsRow(
                epochs,
                new RatingEvaluation(model, alone)
                        .measure(RatingData.read(
                                List.of(test), whole.users(), whole.items().ids(), ReadListener.NONE)),
                List.of(TableFacts.of(model.userTable()), TableFacts.of(model.itemTable())),
                bytes(model),
                seconds);
    }

    private RatingTrainer trainer(RatingConfig config, RatingAdaptation adaptation, Workers alone) {
        return new RatingTrainer(config.train(), alone, RatingListener.SILENT, scratch).adapting(adaptation);
    }

    private static long bytes(RatingModel model) {
        return Stream.of(model.userTable(), model.itemTable())
                .flatMap(table -> table.tensors().stream())
                .mapToLong((Tensor tensor) -> TensorPages.checkedBytes(tensor))
                .sum();
    }
}
