package dev.longtail.table;

import static dev.longtail.table.AnchorTableTest.ANCHORS;
import static dev.longtail.table.AnchorTableTest.FEATURES;
import static dev.longtail.table.AnchorTableTest.RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.ProximalConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After the penalty: links that it left are fitted freely, those that it took stay away. */
class RefitTest {

    private static final ProximalConfig PENALTY = new ProximalConfig(
            0.03f,
            ProximalConfig.Domain.NON_NEGATIVE,
            ProximalConfig.Metric.PLAIN,
            ProximalConfig.Rows.ALL,
            0,
            0,
            1,
            false);

    private static AnchorTable table(AnchorConfig.Layout layout) {
        return AnchorTableTest.table(
                AnchorTableTest.penalised(AnchorTableTest.config(layout, 1, AnchorConfig.Mixing.LINEAR, 3), PENALTY));
    }

    /** Twelve steps of the first epoch, and the first of the second one. */
    private static double[][] thenOneStep(AnchorTable table, OptimizerConfig rule, SparseBatch batch, Panel d) {
        try (Workers workers = new Workers(2)) {
            InputTable.Training training = table.training(rule, 2);
            training.startEpoch(1);
            for (int step = 1; step <= 12; step++) {
                SparseBatch known = AnchorTableTest.batch(step);
                training.backward(known, AnchorTableTest.random(known.rows(), step), new StepSize(step, 0.5f), workers);
            }
            training.endEpoch();
            double[][] before = AnchorTableTest.transform(table);
            training.startEpoch(2);
            training.backward(batch, d, new StepSize(13, 0.5f), workers);
            training.endEpoch();
            return before;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "SPARSE"})
    void onlyLinksThatAreLeftLearnAndNothingShrinks(AnchorConfig.Layout layout) {
        SparseBatch batch = AnchorTableTest.batch(99);
        Panel d = AnchorTableTest.random(batch.rows(), 99);
        AnchorTable until = table(layout);
        AnchorTableTest.steps(until, OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE), 2);
        double[][] dT = AnchorTableTest.gradient(AnchorTableTest.anchors(until), batch, d);
        AnchorTable table = table(layout);
        double[][] before = thenOneStep(table, OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE), batch, d);
        double[][] after = AnchorTableTest.transform(table);
        int moved = 0;
        int absent = 0;
        for (int row = 0; row < FEATURES; row++) {
            for (int k = 0; k < ANCHORS; k++) {
                double old = before[row][k];
                double expected = old == 0 ? 0 : Math.max(0, old - RATE * 0.5 * dT[row][k]);
                assertThat(after[row][k]).isCloseTo(expected, within(1e-5));
                moved += old != 0 && Math.abs(after[row][k] - old) > 1e-3 ? 1 : 0;
                absent += old == 0 && dT[row][k] < -0.1 ? 1 : 0;
            }
        }
        assertThat(moved).isGreaterThan(10);
        assertThat(absent).isGreaterThan(10); // which would have come back
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "SPARSE"})
    void momentaBringNothingBack(AnchorConfig.Layout layout) {
        SparseBatch batch = AnchorTableTest.batch(99);
        AnchorTable table = table(layout);
        double[][] before = thenOneStep(
                table,
                OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.1f),
                batch,
                AnchorTableTest.random(batch.rows(), 99));
        double[][] after = AnchorTableTest.transform(table);
        int zeros = 0;
        for (int row = 0; row < FEATURES; row++) {
            for (int k = 0; k < ANCHORS; k++) {
                if (before[row][k] == 0) {
                    assertThat(after[row][k]).isZero();
                    zeros++;
                }
            }
        }
        assertThat(zeros).isGreaterThan(100);
    }
}
