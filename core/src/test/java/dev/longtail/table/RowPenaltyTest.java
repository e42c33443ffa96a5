package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.RowPenaltyConfig;
import dev.longtail.penalty.RowPenaltyConfig.Rule;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Penalties of rows against plain loops in double precision over all rows, and against a numeric argmin. */
class RowPenaltyTest {

    private static final int FEATURES = 900; // several shards
    private static final int DIMENSION = 5;
    private static final int STEPS = 12;
    private static final float RATE = 0.25f;

    private static InputTable table(RowPenaltyConfig penalty) {
        TableConfig config = new TableConfig(
                TableConfig.Kind.DENSE, DIMENSION, true, 1, 1, AnchorConfig.DEFAULT, MixedConfig.DEFAULT, penalty);
        InputTable table = config.newTable(FEATURES, "items");
        table.initialise(1, 3);
        return table;
    }

    private static SparseBatch batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparseBatch batch = new SparseBatch();
        for (int example = 0; example < 30; example++) {
            batch.add(new int[] {random.nextInt(40) * 22}, new float[] {1}, 1);
        }
        return batch;
    }

    private static Panel gradient(int step) {
        Panel panel = Panel.of(30 * DIMENSION);
        SplittableRandom random = new SplittableRandom(step);
        for (int i = 0; i < 30 * DIMENSION; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble(-0.4, 0.4);
        }
        return panel;
    }

    private static double[][] rows(InputTable table) {
        double[][] rows = new double[FEATURES][DIMENSION];
        int at = 0;
        for (float[] page : ((Tensor.Floats) table.tensors().get(0)).pages()) {
            for (float value : page) {
                rows[at / DIMENSION][at++ % DIMENSION] = value;
            }
        }
        return rows;
    }

    private static void train(InputTable table, OptimizerConfig optimizer, int threads) {
        try (Workers workers = new Workers(threads)) {
            InputTable.Training training = table.training(optimizer, threads);
            for (int step = 1; step <= STEPS; step++) {
                SparseBatch batch = batch(step);
                training.prepare(batch, workers);
                training.backward(batch, gradient(step), new StepSize(step, 0.5f), workers);
            }
            training.endEpoch();
        }
    }

    /** What is done with a touched row. */
    private interface Step {
        void take(int row, double[] values, double[] gradient);
    }

    /** The same steps as {@link #train} takes, over plain arrays. */
    private static void plain(double[][] rows, Step touched, Runnable after) {
        for (int step = 1; step <= STEPS; step++) {
            SparseBatch batch = batch(step);
            Panel d = gradient(step);
            double[][] gradients = new double[FEATURES][];
            for (int example = 0; example < batch.rows(); example++) {
                int row = batch.columns()[example];
                gradients[row] = gradients[row] == null ? new double[DIMENSION] : gradients[row];
                for (int j = 0; j < DIMENSION; j++) {
                    gradients[row][j] += d.values()[d.at(example * DIMENSION + j)];
                }
            }
            for (int row = 0; row < FEATURES; row++) {
                if (gradients[row] != null) {
                    touched.take(row, rows[row], gradients[row]);
                }
            }
            after.run();
        }
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int row = 0; row < FEATURES; row++) {
            for (int j = 0; j < DIMENSION; j++) {
                assertThat(actual[row][j]).isCloseTo(expected[row][j], within(1e-5));
            }
        }
    }

    private static long zeros(double[][] rows) {
        return Arrays.stream(rows)
                .flatMapToDouble(Arrays::stream)
                .filter(x -> x == 0)
                .count();
    }

    private static double soft(double value, double threshold) {
        return Math.signum(value) * Math.max(0, Math.abs(value) - threshold);
    }

    private static final OptimizerConfig SGD = OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE);

    @Test
    void theSubgradientLeavesNoZeros() {
        InputTable table = table(new RowPenaltyConfig(0.3f, Rule.SUBGRADIENT, 1));
        double[][] expected = rows(table);
        train(table, SGD, 2);
        plain(
                expected,
                (row, values, gradient) -> {
                    for (int j = 0; j < DIMENSION; j++) {
                        values[j] -= 0.5 * RATE * (gradient[j] + 0.3 * Math.signum(values[j]));
                    }
                },
                () -> {});
        assertClose(rows(table), expected);
        assertThat(zeros(rows(table))).isZero();
        assertThat(table.parameters()).isEqualTo(FEATURES * DIMENSION);
    }

    /** Untouched rows make up for what they missed; all steps over all rows come to the same. */
    @Test
    void truncationShrinksAllRowsInEveryStep() {
        InputTable table = table(new RowPenaltyConfig(0.2f, Rule.TRUNCATED, 1));
        double[][] expected = rows(table);
        train(table, SGD, 2);
        plain(
                expected,
                (row, values, gradient) -> {
                    for (int j = 0; j < DIMENSION; j++) {
                        values[j] -= 0.5 * RATE * gradient[j];
                    }
                },
                () -> {
                    for (double[] values : expected) {
                        Arrays.setAll(values, j -> soft(values[j], 0.5 * RATE * 0.2));
                    }
                });
        double[][] actual = rows(table);
        assertClose(actual, expected);
        assertThat(zeros(actual)).isBetween(500L, 4000L);
        assertThat(table.parameters()).isEqualTo(FEATURES * DIMENSION - zeros(actual));
    }

    @Test
    void dualAveragingThresholdsTheMeanOfARowsGradients() {
        InputTable table = table(new RowPenaltyConfig(0.1f, Rule.DUAL_AVERAGING, 1));
        double[][] expected = rows(table);
        train(table, OptimizerConfig.of(OptimizerConfig.Kind.YOGI, RATE), 2); // the rule is not used
        double[][] sums = new double[FEATURES][DIMENSION];
        int[] counts = new int[FEATURES];
        plain(
                expected,
                (row, values, gradient) -> {
                    int t = ++counts[row];
                    for (int j = 0; j < DIMENSION; j++) {
                        sums[row][j] += gradient[j];
                        values[j] = argmin(sums[row][j] / t, 0.1, 0.5 * RATE * Math.sqrt(t));
                    }
                },
                () -> {});
        assertClose(rows(table), expected);
        long touched = Arrays.stream(counts).filter(count -> count > 0).count();
        assertThat(zeros(rows(table))).isBetween(touched, touched * DIMENSION - 1);
        assertThat(table.parameters()).isEqualTo(FEATURES * DIMENSION - zeros(rows(table)));
    }

    /** Least value of g w + l1 |w| + w^2 / (2 scale), by ternary search. */
    private static double argmin(double g, double l1, double scale) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 200; i++) {
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (g * a + l1 * Math.abs(a) + a * a / (2 * scale) < g * b + l1 * Math.abs(b) + b * b / (2 * scale)) {
                high = b;
            } else {
                low = a;
            }
        }
        return (low + high) / 2;
    }

    @Test
    void theSmallestNumbersAreSetToZeroAtTheEndOfAnEpoch() {
        InputTable table = table(new RowPenaltyConfig(0, Rule.SUBGRADIENT, 0.3f));
        InputTable free = table(RowPenaltyConfig.NONE);
        train(table, SGD, 2);
        train(free, SGD, 2);
        double[][] expected = rows(free);
        double[] sizes = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .sorted()
                .toArray();
        double least = sizes[(int) Math.round(0.7 * sizes.length)];
        for (double[] values : expected) {
            Arrays.setAll(values, j -> Math.abs(values[j]) < least ? 0 : values[j]);
        }
        assertThat(rows(table)).isDeepEqualTo(expected);
        assertThat(table.parameters()).isEqualTo(Math.round(0.3 * FEATURES * DIMENSION));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void theBitsDoNotDependOnTheNumberOfThreads(Rule rule) {
        for (OptimizerConfig.Kind kind :
                new OptimizerConfig.Kind[] {OptimizerConfig.Kind.YOGI, OptimizerConfig.Kind.FACTORED_ADAMW}) {
            InputTable one = table(new RowPenaltyConfig(0.05f, rule, 0.8f));
            InputTable three = table(new RowPenaltyConfig(0.05f, rule, 0.8f));
            train(one, OptimizerConfig.of(kind, 0.1f), 1);
            train(three, OptimizerConfig.of(kind, 0.1f), 3);
            assertThat(rows(three)).isDeepEqualTo(rows(one));
        }
    }
}
