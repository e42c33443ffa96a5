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
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that are known to have no feature twice learn the same bits as those that nothing is known of. */
class DistinctBatchTest {

    private static final int FEATURES = 700;
    private static final int DIMENSION = 6;
    private static final int EXAMPLES = 90;

    private static InputTable table(TableConfig.Kind kind, AnchorConfig.Layout layout, int anchors) {
        ProximalConfig penalty = ProximalConfig.PAPER.withL1(0.01f);
        AnchorConfig config =
                new AnchorConfig(anchors, 1, AnchorConfig.Mixing.LINEAR, 2, anchors, 0, layout, 0, 1, penalty);
        InputTable table = new TableConfig(kind, DIMENSION, true, 1, 1, config).newTable(FEATURES, "users");
        table.initialise(1, 3);
        return table;
    }

    /** Vectors after some steps. */
    private static int[] learned(InputTable table, OptimizerConfig optimizer, boolean known, int threads) {
        return learned(table, table.training(optimizer, threads), known, threads);
    }

    private static int[] learned(InputTable table, InputTable.Training training, boolean known, int threads) {
        try (Workers workers = new Workers(threads)) {
            training.startEpoch(1);
            for (int number = 1; number <= 6; number++) {
                step(training, new StepSize(number, 1), known, workers);
            }
            training.endEpoch();
            SparseBatch all = new SparseBatch();
            all.setSingles(new SplittableRandom(0).ints(FEATURES, 0, FEATURES).toArray(), FEATURES);
            Panel out = Panel.of(FEATURES * DIMENSION);
            table.bags(all, out, workers);
            int[] bits = new int[FEATURES * DIMENSION];
            Arrays.setAll(bits, i -> Float.floatToIntBits(out.values()[out.at(i)]));
            return bits;
        }
    }

    private static void step(InputTable.Training training, StepSize size, boolean known, Workers workers) {
        SplittableRandom random = new SplittableRandom(size.step());
        int[] features = random.ints(4 * EXAMPLES, 0, FEATURES)
                .distinct()
                .limit(EXAMPLES)
                .toArray();
        SparseBatch batch = new SparseBatch();
        if (known) {
            batch.setDistinct(features, EXAMPLES);
        } else {
            batch.setSingles(features, EXAMPLES);
        }
        assertThat(batch.isDistinct()).isEqualTo(known);
        Panel out = Panel.of(EXAMPLES * DIMENSION);
        training.prepare(batch, workers);
        training.bags(batch, out, workers);
        for (int i = 0; i < EXAMPLES * DIMENSION; i++) {
            out.values()[out.at(i)] -= (float) random.nextDouble(-1, 1);
        }
        training.backward(batch, out, size, workers);
    }

    @ParameterizedTest
    @CsvSource({
        "ANCHORS, FULL, 5, YOGI",
        "ANCHORS, FULL, 11, ADAGRAD",
        "ANCHORS, FULL, 5, ROW_ADAGRAD",
        "ANCHORS, SPARSE, 5, YOGI",
        "DENSE, FULL, 5, YOGI",
        "HASHED, FULL, 5, ADAGRAD"
    })
    void sameBits(TableConfig.Kind kind, AnchorConfig.Layout layout, int anchors, OptimizerConfig.Kind rule) {
        OptimizerConfig optimizer = OptimizerConfig.of(rule, 0.05f);
        int[] plain = learned(table(kind, layout, anchors), optimizer, false, 1);
        assertThat(learned(table(kind, layout, anchors), optimizer, true, 1)).isEqualTo(plain);
        assertThat(learned(table(kind, layout, anchors), optimizer, true, 3)).isEqualTo(plain);
    }

    /** Rows that are copied and changed as one long row learn what rows learn one by one. */
    @ParameterizedTest
    @EnumSource(
            value = OptimizerConfig.Kind.class,
            names = {"SGD", "ADAGRAD", "ADAMW", "YOGI", "ROW_ADAGRAD", "MOMENTUM"})
    void trainingOfSinglesLearnsTheSame(OptimizerConfig.Kind rule) {
        OptimizerConfig optimizer = OptimizerConfig.of(rule, 0.05f);
        InputTable table = table(TableConfig.Kind.DENSE, AnchorConfig.Layout.FULL, 5);
        boolean copies = rule != OptimizerConfig.Kind.ROW_ADAGRAD && rule != OptimizerConfig.Kind.MOMENTUM;
        InputTable.Training training = table.trainingOfSingles(optimizer, 1);
        assertThat(training instanceof SingleRowTraining).isEqualTo(copies);
        int[] found = learned(table, training, true, 1);
        int[] plain = learned(table(TableConfig.Kind.DENSE, AnchorConfig.Layout.FULL, 5), optimizer, false, 1);
        for (int i = 0; i < plain.length; i++) {
            assertThat(Float.intBitsToFloat(found[i])).isCloseTo(Float.intBitsToFloat(plain[i]), within(1e-5f));
        }
        InputTable again = table(TableConfig.Kind.DENSE, AnchorConfig.Layout.FULL, 5);
        assertThat(learned(again, again.trainingOfSingles(optimizer, 3), true, 3))
                .as("three threads")
                .isEqualTo(found);
    }

    @Test
    void trainingOfSinglesWantsSingles() {
        InputTable table = table(TableConfig.Kind.DENSE, AnchorConfig.Layout.FULL, 5);
        OptimizerConfig optimizer = OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.05f);
        InputTable.Training training = table.trainingOfSingles(optimizer, 1);
        SparseBatch batch = new SparseBatch();
        batch.setSingles(new int[] {3, 3}, 2);
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> training.prepare(batch, workers))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("single rows, each once");
        }
    }
}
