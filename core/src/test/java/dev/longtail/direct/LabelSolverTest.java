package dev.longtail.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.SparseRows;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSolverTest {

    private static final int FEATURES = 30;
    private static final int EXAMPLES = 80;
    private static final int POSITIVES = 25;

    private final SparseRows rows = rows();
    private final int[] chosen = IntStream.range(0, EXAMPLES).toArray();

    private static SparseRows rows() {
        SplittableRandom random = new SplittableRandom(5);
        SparseRows rows = new SparseRows();
        for (int example = 0; example < EXAMPLES; example++) {
            int[] columns =
                    random.ints(0, FEATURES).distinct().limit(6).sorted().toArray();
            float[] values = new float[6];
            for (int i = 0; i < 6; i++) {
                values[i] = (float) random.nextDouble(0.1, 0.8);
            }
            rows.add(columns, values, 6);
        }
        return rows;
    }

    private static DirectConfig config(int sweeps, float tolerance) {
        return new DirectConfig(10, 0.7f, 0.2f, 0, sweeps, tolerance, 0.5f);
    }

    private LabelSolver solve(DirectConfig config) {
        LabelSolver solver = new LabelSolver(rows, FEATURES, config);
        solver.solve(chosen, EXAMPLES, POSITIVES, new SplittableRandom(1));
        return solver;
    }

    private static double[] weights(LabelSolver solver) {
        double[] weights = new double[FEATURES];
        for (int place = 0; place < solver.known(); place++) {
            weights[solver.features()[place]] = solver.weights()[place];
        }
        return weights;
    }

    private double score(double[] weights, double bias, int example) {
        double score = bias;
        for (int at = rows.start(example); at < rows.start(example + 1); at++) {
            score += weights[rows.columns()[at]] * rows.values()[at];
        }
        return score;
    }

    /** The objective of the class comment. */
    private double primal(DirectConfig config, double[] weights, double bias) {
        double value = (bias + 1) * (bias + 1) / 2;
        for (double weight : weights) {
            value += weight * weight / 2;
        }
        for (int example = 0; example < EXAMPLES; example++) {
            boolean positive = example < POSITIVES;
            double score = score(weights, bias, example);
            double short1 = Math.max(0, positive ? 1 - score : 1 + score);
            value += (positive ? config.positiveCost() : config.negativeCost()) * short1 * short1;
        }
        return value;
    }

    @Test
    void valuesOfPrimalAndDualMeet() {
        DirectConfig config = config(2000, 1e-6f);
        LabelSolver solver = solve(config);
        double[] weights = weights(solver);
        // with z = (x, 1) and s = (w, v).z - 1: margins are 2 for positives and 0 for negatives
        double dual = 0;
        double[] sum = new double[FEATURES + 1];
        for (int example = 0; example < EXAMPLES; example++) {
            boolean positive = example < POSITIVES;
            double a = solver.dual(example);
            double cost = positive ? config.positiveCost() : config.negativeCost();
            assertThat(a).isNotNegative();
            dual += a * (positive ? 2 : 0) - a * a / (4 * cost);
            for (int at = rows.start(example); at < rows.start(example + 1); at++) {
                sum[rows.columns()[at]] += (positive ? a : -a) * rows.values()[at];
            }
            sum[FEATURES] += positive ? a : -a;
        }
        for (double number : sum) {
            dual -= number * number / 2;
        }
        assertThat(solver.bias() + 1).isCloseTo(sum[FEATURES], within(1e-9));
        assertThat(primal(config, weights, solver.bias())).isCloseTo(dual, within(1e-4));
    }

    @Test
    void noStepInAnyDirectionIsBetter() {
        DirectConfig config = config(2000, 1e-6f);
        LabelSolver solver = solve(config);
        double[] weights = weights(solver);
        double best = primal(config, weights, solver.bias());
        for (int feature = 0; feature < FEATURES; feature++) {
            for (double step : new double[] {-0.01, 0.01}) {
                double[] moved = weights.clone();
                moved[feature] += step;
                assertThat(primal(config, moved, solver.bias())).isGreaterThan(best);
            }
        }
        assertThat(primal(config, weights, solver.bias() + 0.01)).isGreaterThan(best);
        assertThat(primal(config, weights, solver.bias() - 0.01)).isGreaterThan(best);
    }

    @Test
    void aSecondLabelDoesNotRememberTheFirst() {
        DirectConfig config = config(50, 0.01f);
        LabelSolver used = new LabelSolver(rows, FEATURES, config);
        used.solve(chosen, EXAMPLES, POSITIVES, new SplittableRandom(9));
        used.solve(chosen, EXAMPLES, POSITIVES, new SplittableRandom(1));

        LabelSolver fresh = solve(config);
        assertThat(weights(used)).isEqualTo(weights(fresh));
        assertThat(used.bias()).isEqualTo(fresh.bias());
    }

    @Test
    void aLooseToleranceTakesFewerSweeps() {
        assertThat(solve(config(1000, 0.5f)).sweeps())
                .isLessThan(solve(config(1000, 1e-4f)).sweeps());
        assertThat(solve(config(3, 1e-6f)).sweeps()).isEqualTo(3);
    }
}
