package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.penalty.ProximalConfig.Domain;
import dev.longtail.penalty.ProximalConfig.Metric;
import dev.longtail.penalty.ProximalConfig.Rows;
import dev.longtail.table.AnchorScorerTraining.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output end of E = T A against plain matrices in double precision, and its steps against differences. */
class AnchorScorerTest {

    static final int OBJECTS = 600;
    static final int DIMENSION = 11;
    static final int ANCHORS = 6;
    static final int BATCH = 7;
    private static final float RATE = 0.25f;
    private static final double H = 1e-4;

    private static final ProximalConfig FREE =
            new ProximalConfig(0, Domain.SIGNED, Metric.PLAIN, Rows.TOUCHED, 0, 0, 0, false);

    private static AnchorTable table(
            AnchorConfig.Layout layout, AnchorConfig.Mixing mixing, int links, ProximalConfig penalty) {
        int sets = mixing == AnchorConfig.Mixing.SOFTMAX ? 2 : 1;
        AnchorConfig config = new AnchorConfig(ANCHORS, sets, mixing, links, ANCHORS, 0, layout, 0, 1, penalty);
        TableConfig shape = new TableConfig(TableConfig.Kind.ANCHORS, DIMENSION, true, 1, 1, config);
        AnchorTable table = (AnchorTable) shape.newTable(OBJECTS, "words");
        table.initialise(1, 3);
        return table;
    }

    private static float[] bias() {
        SplittableRandom random = new SplittableRandom(8);
        float[] bias = new float[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            bias[i] = (float) random.nextDouble(-1, 1);
        }
        return bias;
    }

    private static Panel random(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Panel panel = Panel.of(n);
        for (int i = 0; i < n; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble(-1, 1);
        }
        return panel;
    }

    /** Logistic loss with {@link PlainScorer#target}. */
    private static double logistic(int worker, int object, float[] scores, float[] dScores) {
        double sum = 0;
        for (int b = 0; b < BATCH; b++) {
            int y = PlainScorer.target(object, b);
            sum += Math.log(1 + Math.exp(-y * scores[b]));
            dScores[b] = (float) (-y / (1 + Math.exp(y * scores[b])));
        }
        return sum;
    }

    private static AnchorScorerTraining.Plan plan(OptimizerConfig optimizer) {
        return new AnchorScorerTraining.Plan(BATCH + 2, optimizer, true);
    }

    private static OptimizerConfig descent() {
        return OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE);
    }

    /** Trains objects {@code [from, to)}. */
    private static double step(
            AnchorScorerTraining training, AnchorScorer scorer, Batch batch, int[] range, Panel dx, Workers workers) {
        double[] losses = new double[scorer.shards().count()];
        training.begin(batch, workers);
        workers.run(losses.length, (shard, worker) -> {
            int from = Math.max(range[0], scorer.shards().first(shard));
            int to = Math.min(range[1], scorer.shards().first(shard + 1));
            losses[shard] = from < to
                    ? training.train(shard, from, to, worker, AnchorScorerTest::logistic)
                            .loss()
                    : 0;
        });
        training.end(dx, workers);
        return Arrays.stream(losses).sum();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, LINEAR, 0, false",
        "SPARSE, LINEAR, 2, false",
        "SPARSE, LINEAR, 2, true",
        "FULL, SOFTMAX, 0, false",
        "SPARSE, SOFTMAX, 3, false"
    })
    void scoresAreThoseOfTheDenseProduct(
            AnchorConfig.Layout layout, AnchorConfig.Mixing mixing, int links, boolean bytes) {
        AnchorTable table = table(layout, mixing, links, FREE);
        AnchorScorer scorer = new AnchorScorer(bytes ? (AnchorTable) table.inBytes() : table, bias());
        Panel x = random(DIMENSION * BATCH, 2);
        PlainScorer plain = PlainScorer.of(scorer, x);
        float[][] all = new float[OBJECTS][];
        try (Workers workers = new Workers(2)) {
            scorer.scores(x, BATCH, workers, (worker, object, scores) -> all[object] = scores.clone());
        }
        AnchorScorer.Single single = scorer.new Single();
        float[] one = new float[3 + DIMENSION];
        for (int b = 0; b < BATCH; b++) {
            for (int j = 0; j < DIMENSION; j++) {
                one[3 + j] = x.values()[x.at(j * BATCH + b)];
            }
            single.take(one, 3);
            for (int i = 0; i < OBJECTS; i++) {
                assertThat((double) all[i][b]).isCloseTo(plain.score(i, b), within(2e-6));
                assertThat((double) single.score(i)).isCloseTo(plain.score(i, b), within(2e-6));
            }
        }
    }

    /** With plain descent and no penalty a step tells the gradient; tied, of the sum of both ends. */
    @ParameterizedTest
    @CsvSource({
        "FULL, LINEAR, 0, false",
        "SPARSE, LINEAR, 2, false",
        "FULL, SOFTMAX, 0, false",
        "SPARSE, SOFTMAX, 3, false",
        "FULL, LINEAR, 0, true",
        "SPARSE, LINEAR, 2, true",
        "SPARSE, SOFTMAX, 3, true"
    })
    void gradientsAreDifferences(AnchorConfig.Layout layout, AnchorConfig.Mixing mixing, int links, boolean tied) {
        AnchorTable table = table(layout, mixing, links, FREE);
        AnchorScorer scorer = new AnchorScorer(table, bias());
        Panel x = random(DIMENSION * BATCH, 2);
        PlainScorer before = PlainScorer.of(scorer, x);
        SparseBatch bags = new SparseBatch();
        if (tied) {
            bags.add(new int[] {3, 77, 300}, new float[] {1, -0.5f, 2}, 3);
            bags.add(new int[] {77, 290}, new float[] {0.3f, 1}, 2);
        }
        Panel d = random(DIMENSION * bags.rows(), 6);
        Panel dx = Panel.of(DIMENSION * BATCH);
        double found;
        try (Workers workers = new Workers(2)) {
            Batch batch = new Batch(x, BATCH, 0, new StepSize(1, 1));
            InputTable.Training input = table.training(descent(), 2);
            AnchorScorerTraining training =
                    tied ? scorer.tied(plan(descent()), input) : scorer.training(plan(descent()), descent(), 2);
            input.prepare(bags, workers);
            found = step(training, scorer, batch, new int[] {290, 330}, dx, workers);
            if (tied) {
                assertThat(PlainScorer.of(scorer, x).a())
                        .as("nothing moves before the input end")
                        .isDeepEqualTo(before.a());
                input.backward(bags, d, new StepSize(1, 1), workers);
            }
        }
        double loss = before.objective(290, 330, new SparseBatch(), d);
        assertThat(found).isCloseTo(loss, within(1e-4));
        compare(before, PlainScorer.of(scorer, x), bags, d);
        for (int b = 0; b < BATCH; b++) {
            for (int j = 0; j < DIMENSION; j++) {
                double expected = difference(before, before.x()[b], j, bags, d);
                assertThat((double) dx.values()[dx.at(j * BATCH + b)]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    private static void compare(PlainScorer before, PlainScorer after, SparseBatch bags, Panel d) {
        for (int i = 0; i < OBJECTS; i++) {
            boolean read = i == 3 || i == 77 || (i >= 290 && i < 330);
            for (int k = 0; read && k < ANCHORS; k++) {
                double expected = difference(before, before.t()[i], k, bags, d);
                assertThat((before.t()[i][k] - after.t()[i][k]) / RATE).isCloseTo(expected, within(1e-4));
            }
            if (!read) {
                assertThat(after.t()[i]).isEqualTo(before.t()[i]);
                assertThat(after.bias()[i]).isEqualTo(before.bias()[i]);
            }
        }
        for (int i = 290; i < 330; i++) {
            double expected = difference(before, before.bias(), i, bags, d);
            assertThat((before.bias()[i] - after.bias()[i]) / RATE).isCloseTo(expected, within(1e-4));
        }
        for (int k = 0; k < ANCHORS; k++) {
            for (int j = 0; j < DIMENSION; j++) {
                double expected = difference(before, before.a()[k], j, bags, d);
                assertThat((before.a()[k][j] - after.a()[k][j]) / RATE).isCloseTo(expected, within(1e-4));
            }
        }
    }

    private static double difference(PlainScorer plain, double[] of, int at, SparseBatch bags, Panel d) {
        double value = of[at];
        of[at] = value + H;
        double above = plain.objective(290, 330, bags, d);
        of[at] = value - H;
        double below = plain.objective(290, 330, bags, d);
        of[at] = value;
        return (above - below) / (2 * H);
    }

    /** Equation 35, T = max(T - rate g (A h)^T - rate lambda, 0), with small g left out. */
    @ParameterizedTest
    @CsvSource({"FULL, 0", "SPARSE, 0", "FULL, 0.45", "SPARSE, 0.45", "SPARSE, 9"})
    void theStepIsTheExactOneUpToTheBound(AnchorConfig.Layout layout, float least) {
        float l1 = 0.05f;
        ProximalConfig penalty = new ProximalConfig(l1, Domain.NON_NEGATIVE, Metric.PLAIN, Rows.ALL, 0, 0, 0, false);
        AnchorTable table = table(layout, AnchorConfig.Mixing.LINEAR, 2, penalty);
        AnchorScorer scorer = new AnchorScorer(table, bias());
        Panel x = random(DIMENSION * BATCH, 2);
        PlainScorer before = PlainScorer.of(scorer, x);
        int left = 0;
        try (Workers workers = new Workers(2)) {
            AnchorScorerTraining training = scorer.training(plan(descent()), descent(), 2);
            Batch batch = new Batch(x, BATCH, least, new StepSize(1, 1));
            step(training, scorer, batch, new int[] {0, OBJECTS}, Panel.of(DIMENSION * BATCH), workers);
            training.endEpoch();
        }
        PlainScorer after = PlainScorer.of(scorer, x);
        for (int i = 0; i < OBJECTS; i++) {
            for (int k = 0; k < ANCHORS; k++) {
                double exact = 0;
                double bound = 2e-6;
                double kept = 0;
                for (int b = 0; b < BATCH; b++) {
                    double s = 0;
                    for (int j = 0; j < DIMENSION; j++) {
                        s += before.a()[k][j] * before.x()[b][j];
                    }
                    int y = PlainScorer.target(i, b);
                    double g = -y / (1 + Math.exp(y * before.score(i, b)));
                    exact += g * s;
                    kept += Math.abs(g) > least ? g * s : 0;
                    bound += RATE * Math.min(least, 1) * Math.abs(s);
                    left += Math.abs(g) > least ? 0 : 1;
                }
                double wanted = Math.max(0, before.t()[i][k] - RATE * exact - RATE * l1);
                double early = Math.max(0, before.t()[i][k] - RATE * kept - RATE * l1);
                assertThat(after.t()[i][k]).isCloseTo(wanted, within(bound)).isCloseTo(early, within(2e-6));
            }
        }
        assertThat(left > 0).as("gradients were left out").isEqualTo(least > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "SPARSE"})
    void objectsThatAreNotSampledKeepTheirBits(AnchorConfig.Layout layout) {
        AnchorTable table = table(layout, AnchorConfig.Mixing.LINEAR, 2, ProximalConfig.PAPER.withL1(0.01f));
        AnchorScorer scorer = new AnchorScorer(table, bias());
        Panel x = random(DIMENSION * BATCH, 2);
        PlainScorer before = PlainScorer.of(scorer, x);
        OptimizerConfig rule = OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f);
        try (Workers workers = new Workers(2)) {
            AnchorScorerTraining training = scorer.training(plan(rule), rule, 2);
            for (int number = 1; number <= 3; number++) {
                Batch batch = new Batch(x, BATCH, 0, new StepSize(number, 1));
                step(training, scorer, batch, new int[] {100, 104}, Panel.of(DIMENSION * BATCH), workers);
            }
        }
        PlainScorer after = PlainScorer.of(scorer, x);
        for (int i = 0; i < OBJECTS; i++) {
            if (i >= 100 && i < 104) {
                assertThat(after.t()[i]).isNotEqualTo(before.t()[i]);
                assertThat(after.bias()[i]).isNotEqualTo(before.bias()[i]);
            } else {
                assertThat(after.t()[i]).isEqualTo(before.t()[i]);
                assertThat(after.bias()[i]).isEqualTo(before.bias()[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SGD, false", "ROW_ADAGRAD, true", "ADAGRAD, true", "ADAMW, false", "YOGI, true"})
    void theBitsDoNotDependOnTheNumberOfThreads(OptimizerConfig.Kind kind, boolean tied) {
        OptimizerConfig rule = OptimizerConfig.of(kind, 0.05f);
        PlainScorer first = run(rule, tied, 1);
        for (int threads : new int[] {2, 4}) {
            PlainScorer other = run(rule, tied, threads);
            assertThat(other.t()).isDeepEqualTo(first.t());
            assertThat(other.a()).isDeepEqualTo(first.a());
            assertThat(other.bias()).isEqualTo(first.bias());
        }
    }

    private static PlainScorer run(OptimizerConfig rule, boolean tied, int threads) {
        AnchorTable table =
                table(AnchorConfig.Layout.SPARSE, AnchorConfig.Mixing.LINEAR, 2, ProximalConfig.PAPER.withL1(0.01f));
        AnchorScorer scorer = new AnchorScorer(table, bias());
        Panel x = random(DIMENSION * BATCH, 2);
        try (Workers workers = new Workers(threads)) {
            InputTable.Training input = table.training(rule, threads);
            AnchorScorerTraining training =
                    tied ? scorer.tied(plan(rule), input) : scorer.training(plan(rule), rule, threads);
            for (int number = 1; number <= 8; number++) {
                SparseBatch bags = new SparseBatch();
                bags.add(new int[] {number, 2 * number, 500}, new float[] {1, 1, 1}, 3);
                Batch batch = new Batch(random(DIMENSION * BATCH, number), BATCH, 0.3f, new StepSize(number, 1));
                input.prepare(bags, workers);
                step(training, scorer, batch, new int[] {0, OBJECTS}, Panel.of(DIMENSION * BATCH), workers);
                if (tied) {
                    input.backward(bags, random(DIMENSION, number), new StepSize(number, 1), workers);
                }
            }
            training.endEpoch();
            input.endEpoch();
        }
        return PlainScorer.of(scorer, x);
    }

    @Test
    void endsThatDoNotBelongTogetherAreRefused() {
        AnchorTable table = table(AnchorConfig.Layout.FULL, AnchorConfig.Mixing.LINEAR, 0, FREE);
        AnchorTable other = table(AnchorConfig.Layout.FULL, AnchorConfig.Mixing.LINEAR, 0, FREE);
        AnchorScorer scorer = new AnchorScorer(table, bias());
        assertThatThrownBy(() -> scorer.tied(plan(descent()), other.training(descent(), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one and the same anchor table");
        assertThatThrownBy(() -> new AnchorScorer(table, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one for every object");
        try (Workers workers = new Workers(1)) {
            AnchorScorerTraining training = scorer.tied(plan(descent()), table.training(descent(), 1));
            Batch batch = new Batch(random(DIMENSION * BATCH, 2), BATCH, 0, new StepSize(1, 1));
            Panel dx = Panel.of(DIMENSION * BATCH);
            step(training, scorer, batch, new int[] {0, 5}, dx, workers);
            assertThatThrownBy(() -> step(training, scorer, batch, new int[] {0, 5}, dx, workers))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("waits for that of the input end");
        }
    }
}
