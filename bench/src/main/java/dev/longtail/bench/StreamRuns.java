package dev.longtail.bench;

import dev.longtail.data.ReadListener;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingStream;
import dev.longtail.train.OnlineConfig;
import dev.longtail.train.OnlineRatingTrainer;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEvaluation;
import dev.longtail.train.RatingListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Runs of {@link NonparametricRuns} that read each rating once. */
record StreamRuns(Path folder, Path scratch, Workers workers) {

    /** Chosen on a tenth of u1.base that the stream did not have. */
    static final String SETTINGS = "both.kind=anchors optimizer.kind=adagrad optimizer.learningRate=0.05"
            + " optimizer.epsilon=1e-8 l2=0.05 biasL2=0.05 both.initialScale=0.7 both.anchors.anchorRate=0.3"
            + " both.anchors.penalty.metric=coordinate both.anchors.penalty.l1=0.0005 batch=128 lambda1=0.001"
            + " objective.lambda2=1e-6 both.anchors.count=10 budget.start=10 online.chunk=2000 online.passes=2"
            + " online.tolerance=0.01";

    /** How numbers of anchors go; a penalty that no link outweighs leaves biases alone. */
    static final List<String> WAYS = List.of(
            "nonparametric.learned=false both.anchors.penalty.l1=9",
            "nonparametric.learned=false",
            "nonparametric.learned=true budget.rule=paper",
            "nonparametric.learned=true budget.rule=directed",
            "nonparametric.learned=true budget.rule=settled");

    /** In which order ratings come. */
    enum Order {
        /** Shuffled. */
        RANDOM,
        /** By their times: most users come, rate and go. */
        TIME;

        String text() {
            return this == RANDOM ? "random" : "by time";
        }
    }

    /** What a run brought. @param anchors in each chunk @param test MSE on the test part */
    record Run(List<Integer> anchors, double test, long parameters) {

        boolean moves() {
            return anchors.stream().distinct().count() > 1;
        }

        /** Numbers of the chunks. */
        double[] numbers() {
            return IntStream.rangeClosed(1, anchors.size()).asDoubleStream().toArray();
        }

        String course() {
            return moves()
                    ? anchors.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : "" + anchors.get(0);
        }
    }

    Run run(Order order, String how) throws IOException {
        RatingConfig config = BudgetRuns.config(SETTINGS + " " + how);
        OnlineConfig online = config.online();
        try (RatingStream stream = new RatingStream(
                List.of(file(order)),
                online.chunk(),
                online.heldOut(),
                config.train().seed(),
                ReadListener.NONE)) {
            OnlineRatingTrainer.Result result =
                    new OnlineRatingTrainer(config, workers, RatingListener.SILENT).train(stream);
            RatingModel model = result.model();
            double test = new RatingEvaluation(model, workers)
                    .measure(RatingData.read(
                            List.of(folder.resolve("u1.test.gz")),
                            model.users(),
                            model.items().ids(),
                            ReadListener.NONE))
                    .mse();
            return new Run(
                    result.chunks().stream()
                            .map(chunk -> chunk.epoch().users().anchors())
                            .toList(),
                    test,
                    model.tableParameters());
        }
    }

    /** u1.base in another order; in its own, one user comes after the other. */
    private Path file(Order order) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("u1.base.gz"))), StandardCharsets.UTF_8))) {
            in.lines().forEach(lines::add);
        }
        Collections.shuffle(lines, new Random(1));
        if (order == Order.TIME) {
            lines.sort(Comparator.comparingLong(line -> Long.parseLong(line.split("\t")[3])));
        }
        return Files.write(scratch.resolve("stream-" + order.text().replace(' ', '-') + ".tsv"), lines);
    }
}
