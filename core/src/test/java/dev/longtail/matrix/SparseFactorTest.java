package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both layouts of a factor against a plain array, over thousands of random changes. */
class SparseFactorTest {

    private static final int ROWS = 700;
    private static final int COLUMNS = 23;

    private static SparseFactor factor(boolean sparse, int rows, int columns) {
        Shards shards = Shards.of(rows, columns);
        return sparse ? new GrowingFactor(shards, columns) : new FullFactor(shards, columns);
    }

    /** A random change of a row, done to the factor and to the array. */
    private static void change(SparseFactor factor, float[][] plain, float[][] moments, SplittableRandom random) {
        int row = random.nextInt(ROWS);
        SparseFactor.View view = new SparseFactor.View();
        factor.view(row, view);
        if (random.nextInt(3) > 0) {
            int[] columns = new int[COLUMNS];
            float[] values = new float[COLUMNS];
            int n = 0;
            for (int c = 0; c < COLUMNS; c++) {
                if (plain[row][c] == 0 && random.nextInt(6) == 0) {
                    columns[n] = c;
                    plain[row][c] = values[n++] = 1 + random.nextInt(1000);
                    moments[row][c] = 0;
                }
            }
            factor.insert(row, columns, values, n);
            factor.view(row, view);
        }
        for (int j = 0; j < view.length; j++) {
            if (view.values[view.offset + j] != 0) {
                float moment = random.nextInt(100);
                if (factor instanceof FullFactor full) {
                    changeMoment(full, row, j, moment);
                } else {
                    view.first[view.offset + j] = moment;
                }
                moments[row][view.column(j)] = moment;
                if (random.nextInt(4) == 0) {
                    view.values[view.offset + j] = 0;
                    plain[row][view.column(j)] = 0;
                }
            }
        }
        factor.tidy(row);
    }

    private static void changeMoment(FullFactor full, int row, int column, float moment) {
        FullFactor.Block block = FullFactor.Block.of(1, COLUMNS);
        full.read(new int[] {row}, 0, 1, block);
        block.first()[column] = moment;
        full.write(0, 1, block);
    }

    /** What is kept beside the entries of a row, in the order of its view. */
    static float[] moments(SparseFactor factor, int row, SparseFactor.View view, boolean second) {
        if (factor instanceof FullFactor full) {
            FullFactor.Block block = FullFactor.Block.of(1, factor.columns());
            full.read(new int[] {row}, 0, 1, block);
            return second ? block.second() : block.first();
        }
        float[] stored = second ? view.second : view.first;
        return Arrays.copyOfRange(stored, view.offset, view.offset + view.length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rowsGrowAndShrink(boolean sparse) {
        SparseFactor factor = factor(sparse, ROWS, COLUMNS);
        factor.moments(1);
        float[][] plain = new float[ROWS][COLUMNS];
        float[][] moments = new float[ROWS][COLUMNS];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            change(factor, plain, moments, random);
        }
        long nnz = 0;
        SparseFactor.View view = new SparseFactor.View();
        for (int row = 0; row < ROWS; row++) {
            float[] read = new float[COLUMNS + 1];
            factor.addRow(row, 2, read, 1);
            for (int c = 0; c < COLUMNS; c++) {
                assertThat(read[c + 1]).isEqualTo(2 * plain[row][c]);
                nnz += plain[row][c] == 0 ? 0 : 1;
            }
            factor.view(row, view);
            float[] first = moments(factor, row, view, false);
            for (int j = 0; j < view.length; j++) {
                if (view.values[view.offset + j] != 0) {
                    assertThat(first[j]).isEqualTo(moments[row][view.column(j)]);
                }
            }
        }
        assertThat(factor.nnz()).isEqualTo(nnz).isGreaterThan(1000);
    }

    @Test
    void memoryFollowsTheNonZeros() {
        GrowingFactor factor = new GrowingFactor(Shards.of(10_000, 4), 60_000);
        int[] columns = {3, 40_000, 59_999};
        float[] values = {1, 2, 3};
        for (int row = 0; row < 10_000; row++) {
            factor.insert(row, columns, values, row % 4);
        }
        assertThat(factor.nnz()).isEqualTo(15_000);
        // 7 bytes a row, 6 an entry, arrays with up to half more than is used
        assertThat(factor.bytes()).isBetween(70_000L + 15_000 * 6, 70_000L + 15_000 * 6 * 3 / 2 + 16 * 100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void frozenColumnsComeBackAsTheyWere(boolean sparse) {
        SparseFactor factor = factor(sparse, 3, 4);
        factor.insert(1, new int[] {0, 2, 3}, new float[] {5, 6, 7}, 3);
        factor.columns(2);
        assertThat(factor.nnz()).isEqualTo(1);
        float[] read = new float[4];
        factor.addRow(1, 1, read, 0);
        assertThat(read).containsExactly(5, 0, 0, 0);
        SparseFactor.View view = new SparseFactor.View();
        factor.view(1, view);
        view.values[view.offset] = 0;
        factor.tidy(1);
        factor.insert(1, new int[] {1}, new float[] {9}, 1);
        factor.columns(6);
        assertThat(factor.nnz()).isEqualTo(3);
        read = new float[6];
        factor.addRow(1, 1, read, 0);
        assertThat(read).containsExactly(0, 9, 6, 7, 0, 0);
    }

    @Test
    void bytesAreWithinHalfAStep() {
        SparseFactor factor = factor(true, 300, 400);
        SplittableRandom random = new SplittableRandom(9);
        for (int row = 0; row < 300; row++) {
            int[] columns = random.ints(row % 20, 0, 400).distinct().sorted().toArray();
            float[] values = new float[columns.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble();
            }
            factor.insert(row, columns, values, columns.length);
        }
        ByteFactor bytes = ByteFactor.of(factor);
        GrowingFactor back = bytes.inFloats();
        for (int row = 0; row < 300; row++) {
            float[] expected = new float[400];
            float[] actual = new float[400];
            float[] again = new float[400];
            factor.addRow(row, 1, expected, 0);
            bytes.addRow(row, 1, actual, 0);
            back.addRow(row, 1, again, 0);
            float step = bytes.scale(row);
            for (int c = 0; c < 400; c++) {
                assertThat(actual[c]).isCloseTo(expected[c], within(step / 2 + 1e-7f));
                assertThat(again[c]).isEqualTo(actual[c]);
            }
        }
        assertThat(bytes.bytes()).isEqualTo(300 * 8 + bytes.nnz() * 3);
        assertThatThrownBy(() -> bytes.insert(0, new int[0], new float[0], 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("8 bits");
    }

    @Test
    void columnsAreNumberedInTwoBytes() {
        assertThatThrownBy(() -> factor(true, 2, 65_536)).hasMessageContaining("at most 65,535 columns");
        SparseFactor factor = factor(true, 2, 65_535);
        int[] all = new int[65_535];
        Arrays.setAll(all, c -> c);
        float[] values = new float[65_535];
        Arrays.fill(values, 1);
        factor.insert(1, all, values, all.length);
        assertThat(factor.nnz()).isEqualTo(65_535);
    }
}
