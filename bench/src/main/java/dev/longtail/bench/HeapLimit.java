package dev.longtail.bench;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.StepReport;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Question: does training allocate anything of size batch x labels or labels x fan-in besides the parameters and their
 * optimiser state? Trains 500,000 labels with fan-in 64 and AdaGrad in a heap of 450 MB: weights, indices and state are
 * 320 MB, an array of the batch's scores or of the layer's gradients would be another 128 MB.
 *
 * <pre>
 *   java -Xmx450m -Xmn16m -XX:+UseSerialGC --add-modules jdk.incubator.vector
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.HeapLimit [labels] [steps]
 * </pre>
 */
public final class HeapLimit {

    private static final int FAN_IN = 64;
    private static final int HIDDEN = 256;
    private static final int BATCH = 64;
    private static final int FEATURES = 20_000;

    private HeapLimit() {}

    public static void main(String[] arguments) throws IOException {
        int labels = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
        int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Progress progress = new Progress();
        LabelConfig config = config();
        LabelModel model =
                new LabelModel(config.model(), new NumericFeatureSpace(FEATURES, false), labels(labels), steps * BATCH);
        List<EpochReport> reports;
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            reports = new LabelTrainer(
                            config.train(),
                            config.rewire(),
                            workers,
                            progress,
                            Path.of(System.getProperty("java.io.tmpdir")))
                    .train(model, examples(labels, steps * BATCH), Optional.empty());
        }
        report(labels, steps, progress, reports);
    }

    private static LabelConfig config() {
        return dev.longtail.config.Settings.override(
                LabelConfig.embedding(512, 128),
                Map.of(
                        "dimension",
                        "" + HIDDEN,
                        "fanIn",
                        "" + FAN_IN,
                        "batch",
                        "" + BATCH,
                        "maxEpochs",
                        "1",
                        "interval",
                        "25",
                        "train.outputOptimizer.kind",
                        "adagrad"));
    }

    private static LabelSet labels(int labels) {
        List<String> ids = new ArrayList<>(labels);
        for (int label = 0; label < labels; label++) {
            ids.add(Integer.toString(label, Character.MAX_RADIX));
        }
        int[] frequencies = new int[labels];
        Arrays.fill(frequencies, 1);
        return new LabelSet(ids, Collections.nCopies(labels, ""), frequencies);
    }

    /** Every label belongs to four features, which its examples carry among others. */
    private static Examples examples(int labels, int size) {
        return new Examples() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void read(int example, Example into) {
                SplittableRandom random = RandomStream.of(1, 0, example);
                int[] drawn = new int[8];
                int label = random.nextInt(labels);
                for (int i = 0; i < 8; i++) {
                    drawn[i] = i < 4
                            ? (int) Long.remainderUnsigned(RandomStream.key(2, label, i), FEATURES)
                            : random.nextInt(FEATURES);
                }
                into.features = Arrays.stream(drawn).sorted().distinct().toArray();
                into.featureCount = into.features.length;
                into.weights = new float[into.featureCount];
                Arrays.fill(into.weights, (float) (1 / Math.sqrt(into.featureCount)));
                into.labels = new int[] {label};
                into.labelCount = 1;
            }
        };
    }

    private static final class Progress implements TrainListener {

        private double first;
        private long highest;

        @Override
        public void progress(StepReport report) {
            first = report.examples() == BATCH ? report.loss() : first;
            Runtime runtime = Runtime.getRuntime();
            highest = Math.max(highest, runtime.totalMemory() - runtime.freeMemory());
        }
    }

    private static void report(int labels, int steps, Progress progress, List<EpochReport> reports) throws IOException {
        long slots = (long) labels * FAN_IN;
        String text = String.format(
                Locale.ROOT,
                "| labels | fan-in | batch | optimizer | steps | heap limit, MB | heap used at most, MB |"
                        + " weights, indices, state, MB | batch x labels would be, MB | loss, first step | loss, mean |"
                        + " slots rewired |%n|---|---|---|---|---|---|---|---|---|---|---|---|%n"
                        + "| %,d | %d | %d | AdaGrad | %d | %d | %d | %d | %d | %.3f | %.3f | %,d |%n",
                labels,
                FAN_IN,
                BATCH,
                steps,
                Runtime.getRuntime().maxMemory() >> 20,
                progress.highest >> 20,
                (10 * slots) >> 20,
                ((long) BATCH * labels * Float.BYTES) >> 20,
                progress.first,
                reports.get(0).loss(),
                reports.get(0).moved());
        String command = "java -Xmx450m -Xmn16m -XX:+UseSerialGC --add-modules jdk.incubator.vector"
                + " -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.HeapLimit " + labels + " "
                + steps;
        String page = Provenance.header("Training in a limited heap", command, Provenance.machine()) + text;
        System.out.print(page);
        Files.writeString(Path.of("bench/results/heap-limit.md"), page, StandardCharsets.UTF_8);
    }
}
