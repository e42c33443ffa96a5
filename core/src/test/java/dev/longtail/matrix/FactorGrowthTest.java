package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More rows, and columns that change places, against plain arrays. */
class FactorGrowthTest {

    /** With two moments 15 numbers a row, which stand in room for 16. */
    private static final int COLUMNS = 5;

    private static SparseFactor factor(boolean sparse, int rows) {
        Shards shards = Shards.of(rows, COLUMNS);
        SparseFactor factor = sparse ? new GrowingFactor(shards, COLUMNS) : new FullFactor(shards, COLUMNS);
        factor.moments(2);
        return factor;
    }

    /** About half of the entries of a row, with moments that follow from their values. */
    private static void fill(SparseFactor factor, int row, float[] plain, SplittableRandom random) {
        int[] columns = new int[COLUMNS];
        float[] values = new float[COLUMNS];
        int n = 0;
        for (int c = 0; c < COLUMNS; c++) {
            if (random.nextBoolean()) {
                columns[n] = c;
                plain[c] = values[n++] = 1 + random.nextInt(1000);
            }
        }
        factor.insert(row, columns, values, n);
        SparseFactor.View view = new SparseFactor.View();
        factor.view(row, view);
        if (factor instanceof FullFactor full) {
            FullFactor.Block block = FullFactor.Block.of(1, COLUMNS);
            full.read(new int[] {row}, 0, 1, block);
            follow(block.values(), block.first(), block.second(), 0, COLUMNS);
            full.write(0, 1, block);
        } else {
            follow(view.values, view.first, view.second, view.offset, view.length);
        }
    }

    private static void follow(float[] values, float[] first, float[] second, int offset, int n) {
        for (int i = offset; i < offset + n; i++) {
            first[i] = 2 * values[i];
            second[i] = 3 * values[i];
        }
    }

    private static void check(SparseFactor factor, float[][] plain) {
        SparseFactor.View view = new SparseFactor.View();
        for (int row = 0; row < plain.length; row++) {
            float[] read = new float[COLUMNS];
            factor.addRow(row, 1, read, 0);
            assertThat(read).as("row " + row).isEqualTo(plain[row]);
            factor.view(row, view);
            float[] first = SparseFactorTest.moments(factor, row, view, false);
            float[] second = SparseFactorTest.moments(factor, row, view, true);
            for (int j = 0; j < view.length; j++) {
                assertThat(j == 0 || view.column(j) > view.column(j - 1)).isTrue();
                float value = view.values[view.offset + j];
                assertThat(first[j]).isEqualTo(2 * value);
                assertThat(second[j]).isEqualTo(3 * value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 4", "true, 700, 9000", "false, 3, 4", "false, 700, 9000", "false, 700, 700"})
    void rowsAreAddedBehindTheOthers(boolean sparse, int before, int after) {
        SparseFactor factor = factor(sparse, before);
        float[][] plain = new float[after][COLUMNS];
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < before; row++) {
            fill(factor, row, plain[row], random);
        }
        factor.grow(Shards.of(after, COLUMNS));
        assertThat(factor.rows()).isEqualTo(after);
        check(factor, plain);
        for (int row = before; row < after; row++) {
            fill(factor, row, plain[row], random);
        }
        check(factor, plain);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void columnsThatAreFrozenStayWhenRowsAreAdded(boolean sparse) {
        SparseFactor factor = factor(sparse, 300);
        float[][] plain = new float[400][COLUMNS];
        SplittableRandom random = new SplittableRandom(4);
        for (int row = 0; row < 300; row++) {
            fill(factor, row, plain[row], random);
        }
        factor.columns(3);
        factor.grow(Shards.of(400, COLUMNS));
        factor.columns(COLUMNS);
        check(factor, plain);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void columnsChangePlaces(boolean sparse) {
        SparseFactor factor = factor(sparse, 700);
        float[][] plain = new float[700][COLUMNS];
        SplittableRandom random = new SplittableRandom(5);
        for (int row = 0; row < 700; row++) {
            fill(factor, row, plain[row], random);
        }
        for (int swap = 0; swap < 20; swap++) {
            int a = random.nextInt(COLUMNS);
            int b = random.nextInt(COLUMNS);
            factor.swap(a, b);
            for (float[] row : plain) {
                float moved = row[a];
                row[a] = row[b];
                row[b] = moved;
            }
            check(factor, plain);
        }
    }
}
