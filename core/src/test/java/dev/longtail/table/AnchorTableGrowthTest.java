package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.ProximalConfig;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that gain features, and anchors that go, against tables that had all from the start. */
class AnchorTableGrowthTest {

    private static final int DIMENSION = 5;
    private static final int ANCHORS = 4;

    private static AnchorTable table(AnchorConfig.Layout layout, int features, float l1) {
        ProximalConfig penalty = ProximalConfig.PAPER.withL1(l1);
        AnchorConfig config =
                new AnchorConfig(ANCHORS, 1, AnchorConfig.Mixing.LINEAR, 2, ANCHORS, 0, layout, 0, 1, penalty);
        AnchorTable table = (AnchorTable)
                new TableConfig(TableConfig.Kind.ANCHORS, DIMENSION, true, 1, 1, config).newTable(features, "users");
        table.initialise(1, 3);
        return table;
    }

    /** One entry an example, of features below a bound. */
    private static void step(AnchorTable table, InputTable.Training training, int below, int number) {
        SplittableRandom random = new SplittableRandom(number);
        SparseBatch batch = new SparseBatch();
        int[] features = random.ints(30, 0, below).toArray();
        batch.setSingles(features, features.length);
        Panel out = Panel.of(features.length * DIMENSION);
        try (Workers workers = new Workers(1)) {
            training.prepare(batch, workers);
            table.bags(batch, out, workers);
            for (int i = 0; i < features.length * DIMENSION; i++) {
                out.values()[out.at(i)] -= (float) random.nextDouble(-1, 1);
            }
            training.backward(batch, out, new StepSize(number, 1), workers);
        }
    }

    private static float[][] vectors(AnchorTable table) {
        float[][] vectors = new float[table.features()][DIMENSION];
        int[] all = new int[table.features()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        SparseBatch batch = new SparseBatch();
        batch.setSingles(all, all.length);
        Panel out = Panel.of(all.length * DIMENSION);
        try (Workers workers = new Workers(1)) {
            table.bags(batch, out, workers);
        }
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(out.values(), out.at(i * DIMENSION), vectors[i], 0, DIMENSION);
        }
        return vectors;
    }

    @ParameterizedTest
    @CsvSource({"FULL, SGD", "FULL, YOGI", "FULL, ROW_ADAGRAD", "SPARSE, ADAGRAD", "SPARSE, ROW_ADAGRAD"})
    void aTableThatGrewLearnsLikeOneThatWasLarge(AnchorConfig.Layout layout, OptimizerConfig.Kind kind) {
        AnchorTable large = table(layout, 3000, 0);
        AnchorTable grown = table(layout, 100, 0);
        OptimizerConfig optimizer = OptimizerConfig.of(kind, 0.1f);
        InputTable.Training ofLarge = large.training(optimizer, 1);
        InputTable.Training ofGrown = grown.training(optimizer, 1);
        for (int number = 1; number <= 5; number++) {
            step(large, ofLarge, 100, number);
            step(grown, ofGrown, 100, number);
        }
        grown.grow(3000);
        assertThat(vectors(grown)).isDeepEqualTo(vectors(large));
        for (int number = 6; number <= 10; number++) {
            step(large, ofLarge, 3000, number);
            step(grown, ofGrown, 3000, number);
        }
        assertThat(vectors(grown)).isDeepEqualTo(vectors(large));
    }

    @Test
    void newRowsOweThePenaltyFromThenOn() {
        AnchorTable grown = table(AnchorConfig.Layout.FULL, 10, 0.05f);
        InputTable.Training training = grown.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, 0.1f), 1);
        step(grown, training, 10, 1);
        step(grown, training, 10, 2);
        grown.grow(12);
        SparseFactor.View view = new SparseFactor.View();
        grown.transform().view(11, view);
        float[] first = {view.values[view.offset], view.values[view.offset + 1]};
        step(grown, training, 10, 3);
        training.endEpoch();
        grown.transform().view(11, view);
        for (int k = 0; k < 2; k++) {
            assertThat(view.values[view.offset + k]).isCloseTo(Math.max(0, first[k] - 0.005f), within(1e-7f));
        }
    }

    @Test
    void whatCannotGrowSaysSo() {
        AnchorTable table = table(AnchorConfig.Layout.FULL, 10, 0);
        assertThatThrownBy(() -> table.grow(9)).hasMessage("features must be at least 10, got 9");
        InputTable dense = new TableConfig(TableConfig.Kind.DENSE, 4, 1, 1).newTable(10, "users");
        assertThatThrownBy(() -> dense.grow(11))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only tables of kind anchors gain users or items");
    }

    /** The sum over rows of |t a|^2 by the definition. */
    private static double weight(AnchorTable table, int anchor) {
        float[] a = new float[DIMENSION];
        table.anchor(anchor, a);
        double sum = 0;
        for (int row = 0; row < table.features(); row++) {
            float[] t = new float[table.count()];
            table.transform().addRow(row, 1, t, 0);
            for (float value : a) {
                sum += Math.pow(t[anchor] * value, 2);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(
            value = AnchorConfig.Layout.class,
            names = {"FULL", "SPARSE"})
    void theWeakestAnchorsGoAndComeBack(AnchorConfig.Layout layout) {
        AnchorTable table = table(layout, 300, 0.01f);
        InputTable.Training training = table.training(OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.05f), 1);
        for (int number = 1; number <= 20; number++) {
            step(table, training, 300, number);
        }
        training.endEpoch();
        double[] weights = new double[ANCHORS];
        for (int k = 0; k < ANCHORS; k++) {
            weights[k] = weight(table, k);
        }
        Arrays.sort(weights);
        float[][] before = vectors(table);
        table.weakestLast(2);
        float[][] after = vectors(table);
        for (int row = 0; row < before.length; row++) {
            assertThat(after[row]).containsExactly(before[row], within(1e-5f));
        }
        assertThat(weight(table, 3)).isCloseTo(weights[0], within(1e-4));
        assertThat(weight(table, 2)).isCloseTo(weights[1], within(1e-4));
        assertThat(weight(table, 0) + weight(table, 1)).isCloseTo(weights[2] + weights[3], within(1e-3));
        table.resize(2);
        table.resize(4);
        assertThat(vectors(table)).isDeepEqualTo(after);
        table.resize(6);
        assertThat(vectors(table)).as("nothing is linked to new anchors").isDeepEqualTo(after);
    }

    /** What an optimizer knows of an anchor goes with it to its new place. */
    @ParameterizedTest
    @EnumSource(
            value = AnchorConfig.Layout.class,
            names = {"FULL", "SPARSE"})
    void placesOfAnchorsMeanNothingToTraining(AnchorConfig.Layout layout) {
        AnchorTable plain = table(layout, 300, 0.01f);
        AnchorTable moved = table(layout, 300, 0.01f);
        OptimizerConfig yogi = OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.05f);
        InputTable.Training ofPlain = plain.training(yogi, 1);
        InputTable.Training ofMoved = moved.training(yogi, 1);
        for (int number = 1; number <= 12; number++) {
            step(plain, ofPlain, 300, number);
            step(moved, ofMoved, 300, number);
            moved.weakestLast(1);
        }
        float[][] expected = vectors(plain);
        float[][] found = vectors(moved);
        for (int row = 0; row < expected.length; row++) {
            assertThat(found[row]).containsExactly(expected[row], within(1e-3f));
        }
    }
}
