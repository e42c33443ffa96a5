package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.RowPenaltyConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of different lengths against plain matrices in double precision, and their steps against differences. */
class MixedTableTest {

    private static final int DIMENSION = 8;
    private static final int[] COUNTS = {40, 20, 20, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5, 5, 5};
    private static final float RATE = 0.25f;

    private static TableConfig config(float projectionRate) {
        MixedConfig mixed = new MixedConfig(4, 1, MixedConfig.Rounding.POWER_OF_TWO, projectionRate);
        return new TableConfig(
                TableConfig.Kind.MIXED, DIMENSION, true, 1, 1, AnchorConfig.DEFAULT, mixed, RowPenaltyConfig.NONE);
    }

    private static MixedTable table(float projectionRate) {
        MixedTable table = (MixedTable) config(projectionRate).newTable(COUNTS, "users");
        table.initialise(1, 3);
        return table;
    }

    private static SparseBatch batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparseBatch batch = new SparseBatch();
        for (int example = 0; example < 23; example++) {
            int[] features = {random.nextInt(12), random.nextInt(12)}; // the last three are not touched
            float[] weights = {(float) random.nextDouble(-1, 1), 0.5f};
            batch.add(features, weights, example == 4 ? 0 : 2);
        }
        return batch;
    }

    private static Panel random(int rows, long seed) {
        Panel panel = Panel.of(rows * DIMENSION);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows * DIMENSION; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble(-1, 1);
        }
        return panel;
    }

    /** All numbers of a table, by tensor. */
    private static double[][] numbers(InputTable table) {
        return table.tensors().stream()
                .map(tensor -> ((Tensor.Floats) tensor).pages().get(0))
                .map(page -> {
                    double[] copy = new double[page.length];
                    Arrays.setAll(copy, i -> page[i]);
                    return copy;
                })
                .toArray(double[][]::new);
    }

    /** The vector of a feature by the definition; tensors are rows 0, then rows and projection of each other block. */
    private static double[] vector(double[][] numbers, MixedBlocks blocks, int feature) {
        int block = blocks.of(feature);
        int width = blocks.widths()[block];
        int local = feature - blocks.starts()[block];
        double[] rows = numbers[block == 0 ? 0 : 2 * block - 1];
        if (block == 0) {
            return Arrays.copyOfRange(rows, local * width, (local + 1) * width);
        }
        double[] vector = new double[DIMENSION];
        for (int j = 0; j < width; j++) {
            for (int k = 0; k < DIMENSION; k++) {
                vector[k] += rows[local * width + j] * numbers[2 * block][j * DIMENSION + k];
            }
        }
        return vector;
    }

    private static double objective(double[][] numbers, MixedBlocks blocks, SparseBatch batch, Panel d) {
        double sum = 0;
        for (int example = 0; example < batch.rows(); example++) {
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                double[] vector = vector(numbers, blocks, batch.columns()[entry]);
                for (int k = 0; k < DIMENSION; k++) {
                    sum += batch.values()[entry] * vector[k] * d.values()[d.at(example * DIMENSION + k)];
                }
            }
        }
        return sum;
    }

    @Test
    void tensorsAreThoseThatFoldersExpect() {
        MixedTable table = table(1);
        assertThat(table.blocks().widths()).containsExactly(8, 4, 2, 1);
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        table.tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
        assertThat(shapes)
                .isEqualTo(config(1).fixedShapes(COUNTS, "users"))
                .containsEntry("users.rows.0", List.of(1L, 8L))
                .containsEntry("users.rows.3", List.of(8L, 1L))
                .containsEntry("users.projection.1", List.of(4L, 8L))
                .doesNotContainKey("users.projection.0");
        long numbers =
                Arrays.stream(numbers(table)).mapToLong(page -> page.length).sum();
        assertThat(table.parameters()).isEqualTo(numbers).isEqualTo(8 + 8 + 8 + 8 + (4 + 2 + 1) * 8);
    }

    @Test
    void bagsAreThoseOfTheProduct() {
        MixedTable table = table(1);
        double[][] numbers = numbers(table);
        SparseBatch batch = batch(1);
        Panel out = random(batch.rows(), 2);
        try (Workers workers = new Workers(2)) {
            table.bags(batch, out, workers);
        }
        for (int example = 0; example < batch.rows(); example++) {
            double[] expected = new double[DIMENSION];
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                double[] vector = vector(numbers, table.blocks(), batch.columns()[entry]);
                for (int k = 0; k < DIMENSION; k++) {
                    expected[k] += batch.values()[entry] * vector[k];
                }
            }
            for (int k = 0; k < DIMENSION; k++) {
                assertThat((double) out.values()[out.at(example * DIMENSION + k)])
                        .isCloseTo(expected[k], within(1e-6));
            }
        }
        double norm = Arrays.stream(vector(numbers, table.blocks(), 9))
                .map(x -> x * x)
                .sum();
        assertThat(table.squaredNorm(9)).isCloseTo(norm, within(1e-6));
    }

    /** With plain descent a step tells the gradient; that of projections is half as long here. */
    @Test
    void gradientsAreDifferences() {
        MixedTable table = table(0.5f);
        double[][] before = numbers(table);
        SparseBatch batch = batch(2);
        Panel d = random(batch.rows(), 5);
        try (Workers workers = new Workers(2)) {
            table.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE), 2)
                    .backward(batch, d, new StepSize(1, 1), workers);
        }
        double[][] after = numbers(table);
        for (int tensor = 0; tensor < before.length; tensor++) {
            boolean projection = tensor > 0 && tensor % 2 == 0;
            for (int i = 0; i < before[tensor].length; i++) {
                double value = before[tensor][i];
                before[tensor][i] = value + 1e-4;
                double above = objective(before, table.blocks(), batch, d);
                before[tensor][i] = value - 1e-4;
                double below = objective(before, table.blocks(), batch, d);
                before[tensor][i] = value;
                double expected = (above - below) / 2e-4 * (projection ? 0.5 : 1);
                assertThat((value - after[tensor][i]) / RATE).isCloseTo(expected, within(1e-5));
            }
        }
        for (int row = 5; row < 8; row++) {
            assertThat(after[5][row]).isEqualTo(before[5][row]); // features 12 to 14
        }
    }

    @ParameterizedTest
    @EnumSource(OptimizerConfig.Kind.class)
    void theBitsDoNotDependOnTheNumberOfThreads(OptimizerConfig.Kind kind) {
        double[][] one = trained(kind, 1);
        assertThat(one).isNotEqualTo(numbers(table(1)));
        assertThat(trained(kind, 3)).isDeepEqualTo(one);
    }

    private static double[][] trained(OptimizerConfig.Kind kind, int threads) {
        MixedTable table = table(1);
        try (Workers workers = new Workers(threads)) {
            InputTable.Training training = table.training(OptimizerConfig.of(kind, 0.05f), threads);
            for (int step = 1; step <= 9; step++) {
                SparseBatch batch = batch(step);
                training.prepare(batch, workers);
                training.backward(batch, random(batch.rows(), step), new StepSize(step, 1), workers);
            }
            training.endEpoch();
        }
        return numbers(table);
    }

    @Test
    void firstVectorsHaveTheSameDeviationWhateverTheirLength() {
        int[] counts = new int[4000];
        Arrays.fill(counts, 0, 1000, 12);
        Arrays.fill(counts, 1000, 4000, 4);
        MixedConfig mixed = new MixedConfig(2, 1, MixedConfig.Rounding.NEAREST, 1);
        MixedTable table = new MixedTable(mixed, counts, 64, "films");
        table.initialise(2, 7);
        assertThat(table.blocks().widths()).containsExactly(64, 21);
        double long1 = 0;
        double short1 = 0;
        for (int feature = 0; feature < 1000; feature++) {
            long1 += table.squaredNorm(feature) / 1000;
            short1 += table.squaredNorm(feature + 1000) / 1000;
        }
        assertThat(long1).isCloseTo(4, within(0.05)); // 64 (2 / sqrt(64))^2
        assertThat(short1).isCloseTo(4, within(0.4)); // of one projection, whose own deviation is felt
    }

    @Test
    void whatNeedsRowsOfOneLengthIsRefused() {
        MixedTable table = table(1);
        assertThatThrownBy(table::inBytes).hasMessageContaining("no form of 8 bits");
        assertThatThrownBy(() -> table.select(new int[] {0})).hasMessageContaining("cannot leave out features");
        assertThatThrownBy(() -> config(1).newTable(new NumericFeatureSpace(6, false)))
                .hasMessageContaining("how popular features are");
        assertThat(table.inFloats()).isSameAs(table);
    }
}
