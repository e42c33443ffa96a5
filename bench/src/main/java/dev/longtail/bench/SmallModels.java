package dev.longtail.bench;

import dev.longtail.config.Require;
import dev.longtail.data.DataEncoder;
import dev.longtail.data.EncodedExamples;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.ShrunkProvenance;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Bootstrap;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.PairedBootstrap;
import dev.longtail.metrics.PairedDifference;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.model.Workspace;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import dev.longtail.shrink.ModelShrinker;
import dev.longtail.shrink.ShrinkConfig;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import dev.longtail.train.Evaluation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Question: how small can a finished model be made without training, and what does that cost in quality? Every mixture
 * of 32 and 8 bits, all, half and a quarter of the words, all, half and a quarter of the connections is written to a
 * folder, read back and measured; losses are tested by a paired bootstrap against the model as it was trained. The
 * second table compares measures of what a word does, the third times what reads bytes in place of floats.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.SmallModels RESULT TEST MODEL
 * </pre>
 */
public final class SmallModels {

    private static final int BATCH = 64;
    private static final int BATCHES = 150;
    private static final int ROUNDS = 30;
    private static final int TOP = 5;
    private static final int[] BITS = {ModelConfig.TRAINED_BITS, ModelConfig.BYTE_BITS};
    private static final int[] PARTS = {1, 2, 4};
    private static final int[] POWERS = {1, 2, 4, 6};
    private static final int[] SHARES = {50, 25, 10};

    private final Path folder;
    private final LabelModelFolder.Stored stored;
    private final List<Path> test;
    private final ScratchFolder scratch;
    private final Workers workers;

    private SmallModels(Path folder, Path test, ScratchFolder scratch, Workers workers) throws IOException {
        this.folder = folder;
        this.stored = LabelModelFolder.read(folder);
        this.test = List.of(test);
        this.scratch = scratch;
        this.workers = workers;
        Require.that(
                stored.model().features() instanceof TextFeatureSpace,
                "the model",
                "one of texts",
                "numbered features");
        Require.that(
                ((TextFeatureSpace) model().features()).features().size() == terms(),
                "the model",
                "one of words",
                "character n-grams");
        Require.that(!stored.config().model().isStoredInBytes(), "the model", "one of 32 bits", "8");
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments are RESULT TEST MODEL, got " + List.of(arguments));
        }
        String command = "java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector"
                + " -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.SmallModels "
                + String.join(" ", arguments);
        StringBuilder page = new StringBuilder(Provenance.header("Small models", command, Provenance.machine()));
        try (Workers workers = new Workers(1);
                ScratchFolder scratch = ScratchFolder.create("small-models")) {
            SmallModels models = new SmallModels(Path.of(arguments[2]), Path.of(arguments[1]), scratch, workers);
            page.append(models.sizes()).append(models.words()).append(models.times());
        }
        System.out.print(page);
        Files.writeString(Path.of(arguments[0]), page, StandardCharsets.UTF_8);
    }

    private LabelModel model() {
        return stored.model();
    }

    private int terms() {
        return ((TextFeatureSpace) model().features()).features().vocabulary().size();
    }

    private String sizes() throws IOException {
        int fanIn = model().config().output().fanIn();
        RankingEvaluation first = measured(model());
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "A model of %,d labels, %,d words, dimension %d and fan-in %d; MB of 10^6 bytes are those of the whole"
                        + " folder, with labels and vocabulary. In brackets the 95 %% interval of the difference from"
                        + " the first line (paired bootstrap over %,d examples), in points.%n%n"
                        + "| bits | words | fan-in | MB | P@1 | P@3 | P@5 | PSP@5"
                        + " | P@1 lost | P@5 lost | PSP@5 lost |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|%n",
                model().labels().size(),
                terms(),
                model().config().table().dimension(),
                fanIn,
                first.metrics().examples()));
        for (int bits : BITS) {
            for (int words : PARTS) {
                for (int slots : PARTS) {
                    table.append(row(
                            new ShrinkConfig(
                                    bits,
                                    words == 1 ? ShrinkConfig.ALL : terms() / words,
                                    slots == 1 ? ShrinkConfig.ALL : fanIn / slots),
                            first));
                }
            }
        }
        return table.append('\n').toString();
    }

    private String row(ShrinkConfig config, RankingEvaluation first) throws IOException {
        ModelShrinker.Shrunk shrunk = new ModelShrinker(model(), stored.config()).shrink(config);
        Path path = scratch.path().resolve("model");
        ShrunkProvenance provenance = ShrunkProvenance.of(folder, stored, config, Optional.empty());
        LabelModelFolder.write(path, shrunk.model(), shrunk.config(), provenance, true);
        LabelModelFolder.Stored smaller = LabelModelFolder.read(path);
        List<PairedDifference> differences =
                new PairedBootstrap(Bootstrap.DEFAULT).compare(measured(smaller.model()), first);
        return String.format(
                Locale.ROOT,
                "| %d | %,d | %d | %.1f | %.2f | %.2f | %.2f | %.2f | %s | %s | %s |%n",
                config.storedBits(),
                Math.min(config.terms(), terms()),
                smaller.model().config().output().fanIn(),
                smaller.bytes() / 1e6,
                100 * find(differences, "P@1").first(),
                100 * find(differences, "P@3").first(),
                100 * find(differences, "P@5").first(),
                100 * find(differences, "PSP@5").first(),
                lost(find(differences, "P@1")),
                lost(find(differences, "P@5")),
                lost(find(differences, "PSP@5")));
    }

    /** Words kept by df (idf |e|)^power for several powers, in place of the one of {@link ModelShrinker}. */
    private String words() throws IOException {
        StringBuilder table = new StringBuilder(
                "Words kept by df (idf |e|)^power, all connections, 32 bits:" + " P@1 / P@5 / PSP@5.\n\n| power |");
        for (int share : SHARES) {
            table.append(' ').append(share).append(" % of the words |");
        }
        table.append("\n|---|").append("---|".repeat(SHARES.length)).append('\n');
        for (int power : POWERS) {
            table.append("| ").append(power).append(" |");
            for (int share : SHARES) {
                Metrics metrics =
                        measured(withWords(power, terms() * share / 100)).metrics();
                table.append(String.format(
                        Locale.ROOT,
                        " %.2f / %.2f / %.2f |",
                        100 * metrics.at(1).precision(),
                        100 * metrics.at(5).precision(),
                        100 * metrics.at(5).propensityScored()));
            }
            table.append('\n');
        }
        return table.append('\n').toString();
    }

    private LabelModel withWords(int power, int count) {
        TextFeatures features = ((TextFeatureSpace) model().features()).features();
        Vocabulary vocabulary = features.vocabulary();
        double[] importance = new double[terms()];
        for (int term = 0; term < importance.length; term++) {
            double size =
                    features.inverseFrequency(term) * Math.sqrt(model().table().squaredNorm(term));
            importance[term] = vocabulary.documentFrequency(term) * Math.pow(size, power);
        }
        int[] kept = IntStream.range(0, terms())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer term) -> -importance[term]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return model().withEnds(
                        model().config(),
                        new TextFeatureSpace(new TextFeatures(features.config(), vocabulary.select(kept))),
                        model().table().select(kept),
                        model().output());
    }

    private static PairedDifference find(List<PairedDifference> differences, String name) {
        return differences.stream()
                .filter(difference -> difference.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String lost(PairedDifference difference) {
        return String.format(
                Locale.ROOT,
                "%.2f [%.2f, %.2f]",
                0 - 100 * difference.difference(), // no difference is 0, not -0
                0 - 100 * difference.interval().high(),
                0 - 100 * difference.interval().low());
    }

    private RankingEvaluation measured(LabelModel model) throws IOException {
        try (EncodedExamples encoded = encoded(model)) {
            return new Evaluation(model, BATCH, workers, 1, 3, 5).rank(encoded.examples(), Propensity.DEFAULT);
        }
    }

    private EncodedExamples encoded(LabelModel model) throws IOException {
        return new DataEncoder(model.features(), model.labels(), scratch.path(), ReadListener.NONE)
                .encode(test, null, DataEncoder.Purpose.EVALUATE);
    }

    /** Each round runs both models, and the fastest round of each counts: other work on the machine weighs on both. */
    private String times() throws IOException {
        List<Times> times = List.of(
                new Times("32 bits", model()),
                new Times(
                        "8 bits",
                        new ModelShrinker(model(), stored.config())
                                .shrink(ShrinkConfig.BYTES)
                                .model()));
        try (EncodedExamples encoded = encoded(model())) {
            SparseBatch[] batches = batches(encoded.examples());
            for (int round = 0; round < ROUNDS; round++) {
                times.forEach(each -> each.round(batches));
            }
            StringBuilder table = new StringBuilder(String.format(
                    Locale.ROOT,
                    "Microseconds a document of %.1f words on average, one thread, the fastest of %d rounds over %,d"
                            + " documents: its bag, and the search for its five best labels, exact.%n%n"
                            + "| model | bag | search in batches of %d | search for it alone |%n|---|---|---|---|%n",
                    Stream.of(batches).mapToLong(SparseBatch::nnz).sum() / (double) (BATCH * batches.length),
                    ROUNDS,
                    BATCH * batches.length,
                    BATCH));
            times.forEach(each -> table.append(each.row()));
            return table.toString();
        }
    }

    /** What a model takes for a document: the fastest round so far, in microseconds. */
    private final class Times {

        private final String name;
        private final LabelModel model;
        private final LabelSearch forBatches;
        private final LabelSearch forEach;
        private final TopLabels top = new TopLabels(TOP, BATCH, 1);
        private final Panel out;
        private final double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};

        Times(String name, LabelModel model) {
            this.name = name;
            this.model = model;
            this.forBatches = model.output().index(SearchConfig.EXACT, workers).newSearch(workers);
            this.forEach = model.output().indexForEach().newSearch(workers);
            this.out = Panel.of(BATCH * model.table().dimension());
        }

        void round(SparseBatch[] batches) {
            note(0, BATCH * batches.length, () -> {
                for (SparseBatch batch : batches) {
                    model.table().bags(batch, out, workers);
                }
            });
            Panel hidden = new Workspace(model, BATCH).hidden(batches[0], workers);
            note(1, BATCH, () -> forBatches.search(hidden, BATCH, BATCH, top));
            note(2, 1, () -> forEach.search(hidden, BATCH, 1, top));
        }

        private void note(int which, int documents, Runnable work) {
            long start = System.nanoTime();
            work.run();
            best[which] = Math.min(best[which], (System.nanoTime() - start) / 1e3 / documents);
        }

        String row() {
            return String.format(Locale.ROOT, "| %s | %.2f | %.0f | %.0f |%n", name, best[0], best[1], best[2]);
        }
    }

    private static SparseBatch[] batches(Examples examples) {
        SparseBatch[] batches = new SparseBatch[BATCHES];
        Example example = new Example();
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = new SparseBatch();
            for (int row = 0; row < BATCH; row++) {
                examples.read((i * BATCH + row) % examples.size(), example);
                batches[i].add(example.features, example.weights, example.featureCount);
            }
        }
        return batches;
    }
}
