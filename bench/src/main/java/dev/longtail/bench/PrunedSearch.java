package dev.longtail.bench;

import dev.longtail.data.DataEncoder;
import dev.longtail.data.EncodedExamples;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.ReadListener;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.SearchRecall;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.SearchReport;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import dev.longtail.train.Evaluation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Question: what does pruned search save, for one document and for batches, and what does it miss? Times are of the
 * search alone, from the hidden vector to the five best labels, on one thread; every way is run in turn in each round,
 * and each document's fastest round counts, so that other work on the machine weighs on all alike.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.PrunedSearch RESULT TEST MODEL...
 * </pre>
 */
public final class PrunedSearch {

    private static final int BATCH = 64;
    private static final int TOP = 5;
    private static final int DOCUMENTS = 128;
    private static final int ROUNDS = 5;
    private static final float[] CONFIDENCES = {1, 0.9f, 0.75f, 0.5f, 0.4f, 0.3f, 0.25f, 0.2f};

    private PrunedSearch() {}

    /** One way to search, and its times. */
    private static final class Way {

        final String name;
        final SearchIndex index;
        final LabelSearch search;
        final double[] seconds = new double[DOCUMENTS];
        double batchSeconds = Double.POSITIVE_INFINITY;

        Way(String name, SearchIndex index, LabelSearch search) {
            this.name = name;
            this.index = index;
            this.search = search;
            Arrays.fill(seconds, Double.POSITIVE_INFINITY);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("arguments are RESULT TEST MODEL..., got " + List.of(arguments));
        }
        String command = "java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector"
                + " -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.PrunedSearch "
                + String.join(" ", arguments);
        StringBuilder page = new StringBuilder(Provenance.header("Pruned search", command, Provenance.machine()));
        page.append("Times of the search alone, one thread, the best of ")
                .append(ROUNDS)
                .append(" rounds for each document. Recall is against exact search, P against the truth.\n");
        try (Workers workers = new Workers(1);
                ScratchFolder folder = ScratchFolder.create("pruned-search")) {
            for (String path : List.of(arguments).subList(2, arguments.length)) {
                LabelModel model = LabelModelFolder.read(Path.of(path)).model();
                DataEncoder encoder =
                        new DataEncoder(model.features(), model.labels(), folder.path(), ReadListener.NONE);
                try (EncodedExamples test =
                        encoder.encode(List.of(Path.of(arguments[1])), null, DataEncoder.Purpose.EVALUATE)) {
                    page.append(section(path, model, test.examples(), workers));
                }
            }
        }
        System.out.print(page);
        Files.writeString(Path.of(arguments[0]), page, StandardCharsets.UTF_8);
    }

    private static String section(String path, LabelModel model, Examples test, Workers workers) {
        List<Way> ways = new ArrayList<>();
        SearchIndex exact = model.output().index(SearchConfig.EXACT, workers);
        ways.add(new Way("exact, kernels for batches", exact, exact.newSearch(workers)));
        SearchIndex each = model.output().indexForEach();
        ways.add(new Way("exact, a gather for each", each, each.newSearch(workers)));
        for (float confidence : CONFIDENCES) {
            SearchIndex index = model.output().index(SearchConfig.pruned(confidence), workers);
            ways.add(new Way("pruned " + confidence, index, index.newSearch(workers)));
        }
        time(model, test, ways);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n## %s%n%n%,d labels, fan-in %d of %d; index of %.1f MB made in %.2f s (one thread)%n%n"
                        + "| search | ms per document, median | 99th percentile | documents/s in batches of %d |"
                        + " labels skipped | blocks skipped | weights read | recall@1 | recall@5 | P@1 | P@5 |%n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|%n",
                path,
                model.labels().size(),
                model.config().output().fanIn(),
                model.output().inputs(),
                ways.get(2).index.bytes() / 1e6,
                ways.get(2).index.seconds(),
                BATCH));
        for (Way way : ways) {
            text.append(row(way, model, test, workers));
        }
        return text.toString();
    }

    private static String row(Way way, LabelModel model, Examples test, Workers workers) {
        Evaluation evaluation = new Evaluation(model, way.index, BATCH, workers, 1, TOP).comparing();
        Metrics metrics = evaluation.rank(test, Propensity.DEFAULT).metrics();
        SearchReport report = evaluation.report();
        SearchRecall recall = evaluation.recall().orElseThrow();
        double[] sorted = way.seconds.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %,.0f | %.2f %% | %.2f %% | %.1f %% | %.2f %% | %.2f %% | %.2f | %.2f |%n",
                way.name,
                1e3 * sorted[DOCUMENTS / 2],
                1e3 * sorted[DOCUMENTS * 99 / 100],
                DOCUMENTS / way.batchSeconds,
                100 * report.skippedShare(),
                100 * report.blocksSkippedShare(),
                100 * report.readShare(),
                100 * recall.at(1),
                100 * recall.at(TOP),
                100 * metrics.at(1).precision(),
                100 * metrics.at(TOP).precision());
    }

    private static void time(LabelModel model, Examples test, List<Way> ways) {
        TopLabels top = new TopLabels(TOP, BATCH, 1);
        for (int round = 0; round < ROUNDS; round++) {
            double[] batchSeconds = new double[ways.size()];
            for (int from = 0; from < DOCUMENTS; from += BATCH) {
                Panel hidden = hidden(model, test, from, BATCH);
                for (int way = 0; way < ways.size(); way++) {
                    long start = System.nanoTime();
                    ways.get(way).search.search(hidden, BATCH, BATCH, top);
                    batchSeconds[way] += (System.nanoTime() - start) / 1e9;
                }
            }
            for (int way = 0; way < ways.size(); way++) {
                ways.get(way).batchSeconds = Math.min(ways.get(way).batchSeconds, batchSeconds[way]);
            }
            for (int document = 0; document < DOCUMENTS; document++) {
                Panel hidden = hidden(model, test, document, 1);
                for (Way way : ways) {
                    long start = System.nanoTime();
                    // filled up to a whole register, as the predictor does
                    way.search.search(hidden, Vectors.lanes(), 1, top);
                    way.seconds[document] = Math.min(way.seconds[document], (System.nanoTime() - start) / 1e9);
                }
            }
        }
    }

    private static Panel hidden(LabelModel model, Examples test, int from, int count) {
        try (Workers workers = new Workers(1)) {
            SparseBatch batch = new SparseBatch();
            Example example = new Example();
            for (int i = from; i < from + count; i++) {
                test.read(i % test.size(), example);
                batch.add(example.features, example.weights, example.featureCount);
            }
            while (batch.rows() % Vectors.lanes() != 0) {
                batch.add(example.features, example.weights, 0);
            }
            return new Workspace(model, BATCH).hidden(batch, workers);
        }
    }
}
