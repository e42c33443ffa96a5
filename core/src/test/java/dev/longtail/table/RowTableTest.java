package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowTableTest {

    private static final int DIMENSION = 3;

    private static SparseBatch batch() {
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {1, 4}, new float[] {2, -1}, 2);
        batch.add(new int[0], new float[0], 0);
        batch.add(new int[] {4}, new float[] {0.5f}, 1);
        return batch;
    }

    private static float[] bags(InputTable table, SparseBatch batch) {
        Panel out = Panel.of(batch.rows() * table.dimension());
        try (Workers workers = new Workers(2)) {
            table.bags(batch, out, workers);
        }
        float[] values = new float[batch.rows() * table.dimension()];
        System.arraycopy(out.values(), out.offset(), values, 0, values.length);
        return values;
    }

    private static float[] page(InputTable table) {
        return ((Tensor.Floats) table.tensors().get(0)).pages().get(0);
    }

    @Test
    void aBagIsTheWeightedSumOfItsRows() {
        InputTable table =
                new TableConfig(TableConfig.Kind.DENSE, DIMENSION, 1, 1).newTable(new NumericFeatureSpace(6, false));
        float[] rows = page(table);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i; // row r holds 3r, 3r + 1, 3r + 2
        }
        // 2 (3, 4, 5) - (12, 13, 14); nothing; half of (12, 13, 14)
        assertThat(bags(table, batch())).containsExactly(-6, -5, -4, 0, 0, 0, 6, 6.5f, 7);
    }

    @Test
    void aStepMovesOnlyTheRowsOfTheBatch() {
        InputTable table =
                new TableConfig(TableConfig.Kind.DENSE, DIMENSION, 1, 1).newTable(new NumericFeatureSpace(6, false));
        float[] gradient = {1, 2, 3, 100, 100, 100, -1, 0, 1};
        try (Workers workers = new Workers(2)) {
            table.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, 0.5f), 2)
                    .backward(batch(), new Panel(gradient, 0), new StepSize(1, 1), workers);
        }
        float[] expected = new float[18];
        // row 1: 2 (1, 2, 3); row 4: -(1, 2, 3) + 0.5 (-1, 0, 1) = (-1.5, -2, -2.5); each times -0.5
        System.arraycopy(new float[] {-1, -2, -3}, 0, expected, 3, 3);
        System.arraycopy(new float[] {0.75f, 1, 1.25f}, 0, expected, 12, 3);
        assertThat(page(table)).containsExactly(expected);
    }

    @Test
    void featuresWithoutARowLeaveTheirLengthToTheOthers() {
        RowTable table = new RowTable(new RowPlaces(6, 3, Shards.of(3, DIMENSION), false), DIMENSION);
        float[] rows = page(table);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        // of (2, -1) only the 2 counts and becomes sqrt(5); the last example has no feature with a row
        float root = (float) Math.sqrt(5);
        assertThat(bags(table, batch())).containsExactly(3 * root, 4 * root, 5 * root, 0, 0, 0, 0, 0, 0);

        float[] gradient = {1, 2, 3, 100, 100, 100, -1, 0, 1};
        try (Workers workers = new Workers(2)) {
            table.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, 0.5f), 2)
                    .backward(batch(), new Panel(gradient, 0), new StepSize(1, 1), workers);
        }
        float step = -0.5f * root;
        assertThat(page(table)).containsExactly(0, 1, 2, 3 + step, 4 + 2 * step, 5 + 3 * step, 6, 7, 8);
    }

    @Test
    void firstValuesHaveTheWantedDeviation() {
        InputTable table =
                new TableConfig(TableConfig.Kind.DENSE, 100, 1, 2).newTable(new NumericFeatureSpace(500, false));
        table.initialise(2, 9);
        double squares = 0;
        int count = 0;
        for (float[] page : ((Tensor.Floats) table.tensors().get(0)).pages()) {
            for (float value : page) {
                squares += value * value;
                count++;
            }
        }
        assertThat(count).isEqualTo(50_000);
        assertThat(Math.sqrt(squares / count)).isCloseTo(0.2, within(0.002)); // 2 / sqrt(100)
    }

    @Test
    void aHashedTableSharesItsRowsEvenly() {
        InputTable table =
                new TableConfig(TableConfig.Kind.HASHED, 1, 50, 1).newTable(new NumericFeatureSpace(5000, false));
        float[] rows = page(table);
        assertThat(rows).hasSize(50);
        for (int i = 0; i < 50; i++) {
            rows[i] = i + 1;
        }
        int[] features = new int[50];
        Set<Integer> used = new HashSet<>();
        for (int feature = 0; feature < 5000; feature++) {
            SparseBatch one = new SparseBatch();
            one.add(new int[] {feature}, new float[] {1}, 1);
            int row = (int) bags(table, one)[0] - 1;
            features[row]++;
            used.add(row);
        }
        assertThat(used).hasSize(50);
        // 100 features a row on average, standard deviation 10
        for (int count : features) {
            assertThat(count).isBetween(40, 160);
        }
    }
}
