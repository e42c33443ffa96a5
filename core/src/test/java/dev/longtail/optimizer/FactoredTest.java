package dev.longtail.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.optimizer.OptimizerConfig.Kind;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The factored rules, against the formulas in double precision, and where they are exact. */
class FactoredTest {

    private static final int ROWS = 5;
    private static final int WIDTH = 3;
    private static final int COLUMNS = 7;
    private static final double BETA_1 = 0.8;
    private static final double BETA_2 = 0.95;

    private static OptimizerConfig config(Kind kind) {
        return config(kind, (float) BETA_1);
    }

    private static OptimizerConfig config(Kind kind, float beta1) {
        return new OptimizerConfig(kind, 0.1f, 0, beta1, (float) BETA_2, 1e-3f, 0.01f, 0.1f);
    }

    /** The rules over whole matrices, entries by row and column. */
    private static final class Reference {
        final Kind kind;
        final double[][] w = new double[ROWS][COLUMNS];
        final double[][] sign = new double[ROWS][COLUMNS];
        final double[] r = new double[ROWS];
        final double[] p = new double[ROWS];
        double[] c = ones();
        double[] q = ones();
        final double[][] sums = new double[4][COLUMNS];

        Reference(Kind kind) {
            this.kind = kind;
        }

        static double[] ones() {
            double[] ones = new double[COLUMNS];
            Arrays.fill(ones, 1);
            return ones;
        }

        void step(int t, double rate, int[] rows, int[][] pattern, double[][] g) {
            for (int i : rows) {
                double[] v = new double[COLUMNS];
                double[] m = new double[COLUMNS];
                double columnsC = 0;
                double columnsQ = 0;
                double squares = 0;
                for (int k : pattern[i]) {
                    v[k] = BETA_2 * r[i] * c[k] + (1 - BETA_2) * g[i][k] * g[i][k];
                    m[k] = BETA_1 * sign[i][k] * p[i] * q[k] + (1 - BETA_1) * g[i][k];
                    columnsC += c[k];
                    columnsQ += q[k];
                    squares += w[i][k] * w[i][k];
                }
                r[i] = Arrays.stream(v).sum() / columnsC;
                p[i] = Arrays.stream(m).map(Math::abs).sum() / columnsQ;
                double[] u = new double[COLUMNS];
                for (int k : pattern[i]) {
                    double second = kind == Kind.ADALOMO ? r[i] * c[k] : v[k];
                    double root = Math.sqrt(second / (1 - Math.pow(BETA_2, t))) + 1e-3;
                    u[k] = (kind == Kind.ADALOMO ? g[i][k] : m[k] / (1 - Math.pow(BETA_1, t))) / root;
                    sign[i][k] = Math.signum(m[k]);
                    sums[0][k] += v[k];
                    sums[1][k] += r[i];
                    sums[2][k] += Math.abs(m[k]);
                    sums[3][k] += p[i];
                }
                double rms = Math.sqrt(Arrays.stream(u).map(x -> x * x).sum() / WIDTH);
                double scale = kind == Kind.ADALOMO ? Math.max(0.1, Math.sqrt(squares / WIDTH)) / Math.max(1, rms) : 1;
                for (int k : pattern[i]) {
                    w[i][k] -= rate * (scale * u[k] + 0.01 * w[i][k]);
                }
            }
            for (int k = 0; k < COLUMNS; k++) {
                c[k] = sums[1][k] > 0 ? sums[0][k] / sums[1][k] : c[k];
                q[k] = sums[3][k] > 0 ? sums[2][k] / sums[3][k] : q[k];
                for (double[] sum : sums) {
                    sum[k] *= BETA_2;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FACTORED_ADAMW", "ADALOMO"})
    void sparseRowsFollowTheFormulasThroughStepsAndAMovedConnection(Kind kind) {
        int[][] pattern = {{0, 2, 5}, {1, 2, 3}, {6, 5, 0}, {4, 1, 6}, {3, 0, 2}};
        OptimizerState state =
                config(kind).newState(ROWS, WIDTH, Columns.of(COLUMNS, (row, slot) -> pattern[row][slot]));
        Reference reference = new Reference(kind);
        float[] weights = new float[ROWS * WIDTH];
        Random random = new Random(5);
        for (int t = 1; t <= 12; t++) {
            int[] rows = t % 3 == 0 ? new int[] {0, 3} : t % 3 == 1 ? new int[] {0, 1, 2, 4} : new int[] {1, 4};
            double[][] g = new double[ROWS][COLUMNS];
            double rate = 0.1 / t;
            for (int i : rows) {
                float[] gradient = new float[WIDTH];
                for (int slot = 0; slot < WIDTH; slot++) {
                    // some gradients are exactly zero, as behind a rectifier
                    gradient[slot] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
                    g[i][pattern[i][slot]] = gradient[slot];
                }
                state.update(i, weights, i * WIDTH, gradient, new StepSize(t, 1f / t));
            }
            state.endStep();
            reference.step(t, rate, rows, pattern, g);
            if (t == 6) { // slot 1 of row 4 moves to column 6
                reference.w[4][pattern[4][1]] = 0;
                pattern[4][1] = 6;
                weights[4 * WIDTH + 1] = 0;
                state.reset(4, 1);
            }
        }
        for (int i = 0; i < ROWS; i++) {
            for (int slot = 0; slot < WIDTH; slot++) {
                assertThat((double) weights[i * WIDTH + slot])
                        .as("row " + i + ", slot " + slot)
                        .isCloseTo(reference.w[i][pattern[i][slot]], within(2e-5))
                        .isNotZero();
            }
        }
    }

    /** Gradients whose squares are rank-1 and whose signs stay lose nothing by being factored. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.8f})
    void onRankOneGradientsFactoredAdamWIsAdamW(float beta1) {
        OptimizerState factored = config(Kind.FACTORED_ADAMW, beta1).newState(ROWS, COLUMNS);
        OptimizerState full = config(Kind.ADAMW, beta1).newState(ROWS, COLUMNS);
        float[] a = new float[ROWS * COLUMNS];
        float[] b = new float[ROWS * COLUMNS];
        Random random = new Random(1);
        for (int t = 1; t <= 30; t++) {
            double size = 0.1 + random.nextDouble();
            for (int i = 0; i < ROWS; i++) {
                float[] gradient = new float[COLUMNS];
                for (int k = 0; k < COLUMNS; k++) {
                    gradient[k] = (float) (size * (i + 1) * Math.pow(1.7, k) * ((i + k) % 2 == 0 ? 1 : -1));
                }
                factored.update(i, a, i * COLUMNS, gradient.clone(), new StepSize(t, 1));
                full.update(i, b, i * COLUMNS, gradient, new StepSize(t, 1));
            }
            factored.endStep();
            full.endStep();
        }
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], within(1e-4f * (1 + Math.abs(b[i]))));
        }
    }

    @Test
    void aRowOfOneParameterIsNotFactoredAtAll() {
        OptimizerState factored = config(Kind.FACTORED_ADAMW).newState(2, 1);
        OptimizerState full = config(Kind.ADAMW).newState(2, 1);
        float[] a = {1, 1};
        float[] b = {1, 1};
        Random random = new Random(2);
        for (int t = 1; t <= 20; t++) {
            for (int i = 0; i < 2; i++) {
                float g = (float) random.nextGaussian();
                factored.update(i, a, i, new float[] {g}, new StepSize(t, 1));
                full.update(i, b, i, new float[] {g}, new StepSize(t, 1));
            }
            factored.endStep();
        }
        assertThat(a).containsExactly(b, within(1e-5f));
    }

    @Test
    void adaLomoStepsAreAShareOfTheRowsSize() {
        OptimizerConfig config = new OptimizerConfig(Kind.ADALOMO, 0.01f, 0, 0, 0.9f, 1e-20f, 0, 0.1f);
        for (float size : new float[] {1e-6f, 1, 1e6f}) {
            OptimizerState state = config.newState(1, 2);
            float[] weights = {30, -40};
            state.update(0, weights, 0, new float[] {3 * size, 3 * size}, new StepSize(1, 1));
            // both updates are 1 after normalisation, the row's root mean square is sqrt((900 + 1600) / 2)
            float moved = (float) (0.01 * Math.sqrt(1250));
            assertThat(weights).containsExactly(new float[] {30 - moved, -40 - moved}, within(1e-4f));
        }
    }

    @Test
    void stateIsAFewBytesARow() {
        int rows = 100_000;
        Columns columns = Columns.of(768, (row, slot) -> slot);
        long perColumn = 2 * Double.BYTES + Float.BYTES;
        assertThat(config(Kind.FACTORED_ADAMW).newState(rows, 128, columns).bytes())
                .isEqualTo(40L * rows + 2 * 768 * perColumn);
        OptimizerState second = config(Kind.FACTORED_ADAMW, 0).newState(rows, 128, columns);
        second.reset(3, 5);
        assertThat(second.bytes()).isEqualTo(4L * rows + 768 * perColumn);
        assertThat(config(Kind.ADALOMO).newState(rows, 128, columns).bytes()).isEqualTo(4L * rows + 768 * perColumn);
        assertThat(config(Kind.ADAMW).newState(rows, 128, columns).bytes()).isEqualTo(1024L * rows);
    }

    @Test
    void signsKeepThreeValuesApart() {
        Signs signs = new Signs(1000);
        Random random = new Random(3);
        int[] expected = new int[1000];
        for (int i = 0; i < 5000; i++) {
            int place = random.nextInt(1000);
            expected[place] = random.nextInt(3) - 1;
            signs.set(place, expected[place]);
        }
        for (int place = 0; place < 1000; place++) {
            assertThat(signs.at(place)).isEqualTo(expected[place]);
        }
    }
}
