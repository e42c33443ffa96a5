package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.Orthogonality;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.penalty.ProximalConfig.Domain;
import dev.longtail.penalty.ProximalConfig.Metric;
import dev.longtail.penalty.ProximalConfig.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E = T A against plain matrices in double precision, and its steps against differences and plain loops. */
class AnchorTableTest {

    static final int FEATURES = 900;
    private static final int DIMENSION = 11;
    static final int ANCHORS = 6;
    static final float RATE = 0.25f;

    private static final ProximalConfig FREE =
            new ProximalConfig(0, Domain.SIGNED, Metric.PLAIN, Rows.TOUCHED, 0, 0, 0, false);

    static AnchorConfig config(AnchorConfig.Layout layout, int sets, AnchorConfig.Mixing mixing, int links) {
        return new AnchorConfig(ANCHORS, sets, mixing, links, ANCHORS, 0, layout, 0, 1, FREE);
    }

    static AnchorConfig penalised(AnchorConfig config, ProximalConfig penalty) {
        return new AnchorConfig(
                config.count(),
                config.sets(),
                config.mixing(),
                config.links(),
                config.growth(),
                config.mostLinks(),
                config.layout(),
                config.orthogonality(),
                config.anchorRate(),
                penalty);
    }

    static AnchorTable table(AnchorConfig config) {
        TableConfig shape = new TableConfig(TableConfig.Kind.ANCHORS, DIMENSION, true, 1, 1, config);
        AnchorTable table = (AnchorTable) shape.newTable(FEATURES, "words");
        table.initialise(1, 3);
        return table;
    }

    static SparseBatch batch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparseBatch batch = new SparseBatch();
        for (int example = 0; example < 37; example++) {
            int[] features = new int[5];
            float[] weights = new float[5];
            for (int i = 0; i < 5; i++) {
                features[i] = random.nextInt(40) * 22; // few, so that they repeat
                weights[i] = (float) random.nextDouble(-1, 1);
            }
            batch.add(features, weights, example == 7 ? 0 : 5);
        }
        return batch;
    }

    static Panel random(int rows, long seed) {
        Panel panel = Panel.of(rows * DIMENSION);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows * DIMENSION; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble(-1, 1);
        }
        return panel;
    }

    /** T as a matrix. */
    static double[][] transform(AnchorTable table) {
        double[][] plain = new double[FEATURES][table.count()];
        for (int row = 0; row < FEATURES; row++) {
            float[] read = new float[table.count()];
            table.transform().addRow(row, 1, read, 0);
            for (int k = 0; k < read.length; k++) {
                plain[row][k] = read[k];
            }
        }
        return plain;
    }

    static double[][] anchors(AnchorTable table) {
        double[][] plain = new double[table.count()][DIMENSION];
        float[] read = new float[DIMENSION];
        for (int k = 0; k < table.count(); k++) {
            table.anchor(k, read);
            for (int j = 0; j < DIMENSION; j++) {
                plain[k][j] = read[j];
            }
        }
        return plain;
    }

    /** Rows of E by the definition. */
    private static double[] vector(double[] t, double[][] a, AnchorConfig config) {
        double[] e = new double[DIMENSION];
        int perSet = a.length / config.sets();
        for (int set = 0; set < config.sets(); set++) {
            double total = 0;
            for (int k = set * perSet; k < (set + 1) * perSet; k++) {
                total += Math.exp(t[k]);
            }
            for (int k = set * perSet; k < (set + 1) * perSet; k++) {
                double p = config.mixing() == AnchorConfig.Mixing.LINEAR ? t[k] : Math.exp(t[k]) / total;
                for (int j = 0; j < DIMENSION; j++) {
                    e[j] += p * a[k][j];
                }
            }
        }
        return e;
    }

    /** Sum over the batch of the product of bag and given vector. */
    private static double objective(double[][] t, double[][] a, AnchorConfig config, SparseBatch batch, Panel d) {
        double sum = 0;
        for (int example = 0; example < batch.rows(); example++) {
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                double[] e = vector(t[batch.columns()[entry]], a, config);
                for (int j = 0; j < DIMENSION; j++) {
                    sum += batch.values()[entry] * e[j] * d.values()[d.at(example * DIMENSION + j)];
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 1, LINEAR, 0",
        "SPARSE, 1, LINEAR, 2",
        "SPARSE, 3, LINEAR, 2",
        "FULL, 2, SOFTMAX, 0",
        "SPARSE, 2, SOFTMAX, 3"
    })
    void bagsAreThoseOfTheProduct(AnchorConfig.Layout layout, int sets, AnchorConfig.Mixing mixing, int links) {
        AnchorTable table = table(config(layout, sets, mixing, links));
        double[][] t = transform(table);
        double[][] a = anchors(table);
        SparseBatch batch = batch(1);
        Panel out = random(batch.rows(), 4);
        try (Workers workers = new Workers(2)) {
            table.bags(batch, out, workers);
        }
        for (int example = 0; example < batch.rows(); example++) {
            double[] expected = new double[DIMENSION];
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                double[] e = vector(t[batch.columns()[entry]], a, table.config());
                for (int j = 0; j < DIMENSION; j++) {
                    expected[j] += batch.values()[entry] * e[j];
                }
            }
            for (int j = 0; j < DIMENSION; j++) {
                double actual = out.values()[out.at(example * DIMENSION + j)];
                assertThat(actual).isCloseTo(expected[j], within(1e-6));
            }
        }
        double[] e = vector(t[44], a, table.config());
        double norm = Arrays.stream(e).map(x -> x * x).sum();
        assertThat(table.squaredNorm(44)).isCloseTo(norm, within(1e-5));
    }

    /** With plain descent and no penalty a step tells the gradient. */
    @ParameterizedTest
    @CsvSource({
        "FULL, 1, LINEAR, 0",
        "SPARSE, 1, LINEAR, 2",
        "FULL, 3, LINEAR, 0",
        "FULL, 2, SOFTMAX, 0",
        "SPARSE, 2, SOFTMAX, 3"
    })
    void gradientsAreDifferences(AnchorConfig.Layout layout, int sets, AnchorConfig.Mixing mixing, int links) {
        AnchorTable table = table(config(layout, sets, mixing, links));
        double[][] t = transform(table);
        double[][] a = anchors(table);
        SparseBatch batch = batch(2);
        Panel d = random(batch.rows(), 5);
        step(table, batch, d, 2);
        double[][] newT = transform(table);
        double[][] newA = anchors(table);
        for (int row = 0; row < FEATURES; row++) {
            for (int k = 0; k < ANCHORS; k++) {
                double expected = row % 22 == 0 && row < 880 ? difference(t, a, row, k, t, table, batch, d) : 0;
                assertThat((t[row][k] - newT[row][k]) / RATE).isCloseTo(expected, within(2e-5));
            }
        }
        for (int k = 0; k < ANCHORS; k++) {
            for (int j = 0; j < DIMENSION; j++) {
                double expected = difference(t, a, k, j, a, table, batch, d);
                assertThat((a[k][j] - newA[k][j]) / RATE).isCloseTo(expected, within(2e-5));
            }
        }
    }

    private static double difference(
            double[][] t, double[][] a, int i, int j, double[][] of, AnchorTable table, SparseBatch batch, Panel d) {
        double value = of[i][j];
        of[i][j] = value + 1e-4;
        double above = objective(t, a, table.config(), batch, d);
        of[i][j] = value - 1e-4;
        double below = objective(t, a, table.config(), batch, d);
        of[i][j] = value;
        return (above - below) / 2e-4;
    }

    private static void step(AnchorTable table, SparseBatch batch, Panel d, int threads) {
        try (Workers workers = new Workers(threads)) {
            table.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE), threads)
                    .backward(batch, d, new StepSize(1, 1), workers);
        }
    }

    /** Several steps with a rule; returns T. */
    static double[][] steps(AnchorTable table, OptimizerConfig optimizer, int threads) {
        try (Workers workers = new Workers(threads)) {
            InputTable.Training training = table.training(optimizer, threads);
            for (int step = 1; step <= 12; step++) {
                SparseBatch batch = batch(step);
                training.prepare(batch, workers);
                training.backward(batch, random(batch.rows(), step), new StepSize(step, 0.5f), workers);
            }
            training.endEpoch();
        }
        return transform(table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "COORDINATE"})
    void weightsAreNeverNegativeAndExactZerosAppear(Metric metric) {
        ProximalConfig penalty = new ProximalConfig(0.02f, Domain.NON_NEGATIVE, metric, Rows.ALL, 0, 0, 0, false);
        AnchorTable table =
                table(penalised(config(AnchorConfig.Layout.SPARSE, 1, AnchorConfig.Mixing.LINEAR, 3), penalty));
        double[][] t = steps(table, OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f), 2);
        int zeros = 0;
        for (double[] row : t) {
            for (double value : row) {
                assertThat(value).isGreaterThanOrEqualTo(0);
                zeros += value == 0 ? 1 : 0;
            }
        }
        assertThat(zeros).isGreaterThan(FEATURES);
        assertThat(table.transform().nnz()).isEqualTo((long) FEATURES * ANCHORS - zeros);
    }

    /** What untouched rows are made to owe is what eager steps over all rows would have taken. */
    @ParameterizedTest
    @ValueSource(strings = {"FULL", "SPARSE"})
    void deferredStepsAreEagerSteps(AnchorConfig.Layout layout) {
        float l1 = 0.03f;
        ProximalConfig penalty = new ProximalConfig(l1, Domain.NON_NEGATIVE, Metric.PLAIN, Rows.ALL, 0, 0, 0, false);
        AnchorConfig config = penalised(config(layout, 1, AnchorConfig.Mixing.LINEAR, 3), penalty);
        AnchorTable table = table(config);
        double[][] t = transform(table);
        double[][] a = anchors(table);
        for (int step = 1; step <= 12; step++) {
            SparseBatch batch = batch(step);
            Panel d = random(batch.rows(), step);
            double[][] dT = gradient(a, batch, d);
            double[][] dA = anchorGradient(t, batch, d);
            double rate = RATE * 0.5;
            for (int row = 0; row < FEATURES; row++) {
                for (int k = 0; k < ANCHORS; k++) {
                    t[row][k] = Math.max(0, t[row][k] - rate * dT[row][k] - rate * l1);
                }
            }
            for (int k = 0; k < ANCHORS; k++) {
                for (int j = 0; j < DIMENSION; j++) {
                    a[k][j] -= rate * dA[k][j];
                }
            }
        }
        double[][] deferred = steps(table, OptimizerConfig.of(OptimizerConfig.Kind.SGD, RATE), 2);
        for (int row = 0; row < FEATURES; row++) {
            for (int k = 0; k < ANCHORS; k++) {
                assertThat(deferred[row][k]).isCloseTo(t[row][k], within(2e-5));
            }
        }
    }

    static double[][] gradient(double[][] a, SparseBatch batch, Panel d) {
        double[][] dT = new double[FEATURES][ANCHORS];
        for (int example = 0; example < batch.rows(); example++) {
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                for (int k = 0; k < ANCHORS; k++) {
                    for (int j = 0; j < DIMENSION; j++) {
                        dT[batch.columns()[entry]][k] +=
                                batch.values()[entry] * a[k][j] * d.values()[d.at(example * DIMENSION + j)];
                    }
                }
            }
        }
        return dT;
    }

    private static double[][] anchorGradient(double[][] t, SparseBatch batch, Panel d) {
        double[][] dA = new double[ANCHORS][DIMENSION];
        for (int example = 0; example < batch.rows(); example++) {
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                for (int k = 0; k < ANCHORS; k++) {
                    for (int j = 0; j < DIMENSION; j++) {
                        dA[k][j] += batch.values()[entry]
                                * t[batch.columns()[entry]][k]
                                * d.values()[d.at(example * DIMENSION + j)];
                    }
                }
            }
        }
        return dA;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SGD", "ROW_ADAGRAD", "ADAGRAD", "ADAMW"})
    void theBitsDoNotDependOnTheNumberOfThreads(OptimizerConfig.Kind kind) {
        for (AnchorConfig.Layout layout :
                new AnchorConfig.Layout[] {AnchorConfig.Layout.FULL, AnchorConfig.Layout.SPARSE}) {
            List<double[][]> runs = new ArrayList<>();
            for (int threads : new int[] {1, 3}) {
                AnchorTable table = table(penalised(
                        config(layout, 1, AnchorConfig.Mixing.LINEAR, 3), ProximalConfig.PAPER.withL1(0.01f)));
                runs.add(steps(table, OptimizerConfig.of(kind, 0.1f), threads));
                runs.add(anchors(table));
            }
            assertThat(runs.get(2)).isDeepEqualTo(runs.get(0));
            assertThat(runs.get(3)).isDeepEqualTo(runs.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULL", "SPARSE"})
    void anchorsThatAreGivenUpComeBackAsTheyWere(AnchorConfig.Layout layout) {
        AnchorTable table = table(config(layout, 1, AnchorConfig.Mixing.LINEAR, 3));
        try (Workers workers = new Workers(2)) {
            InputTable.Training training = table.training(OptimizerConfig.of(OptimizerConfig.Kind.ADAMW, 0.1f), 2);
            double[][] before = transform(table);
            double[][] beforeA = anchors(table);
            table.resize(4);
            assertThat(table.count()).isEqualTo(4);
            SparseBatch batch = batch(3);
            Panel out = Panel.of(batch.rows() * DIMENSION);
            training.prepare(batch, workers);
            table.bags(batch, out, workers);
            training.backward(batch, random(batch.rows(), 1), new StepSize(1, 1), workers);
            table.resize(6);
            double[][] after = transform(table);
            double[][] afterA = anchors(table);
            for (int row = 0; row < FEATURES; row++) {
                assertThat(after[row][4]).isEqualTo(before[row][4]);
                assertThat(after[row][5]).isEqualTo(before[row][5]);
            }
            assertThat(afterA[4]).isEqualTo(beforeA[4]);
            assertThat(afterA[0]).isNotEqualTo(beforeA[0]);
            assertThat(after[0]).isNotEqualTo(before[0]);
            table.resize(9);
            training.prepare(batch, workers);
            training.backward(batch, random(batch.rows(), 2), new StepSize(2, 1), workers);
            assertThat(anchors(table)[8]).isNotEqualTo(new double[DIMENSION]);
            assertThat(table.parameters())
                    .isEqualTo(9 * DIMENSION + table.transform().nnz());
        }
    }

    @Test
    void similarAnchorsMoveApart() {
        AnchorConfig config = new AnchorConfig(
                ANCHORS, 1, AnchorConfig.Mixing.LINEAR, 0, 0, 0, AnchorConfig.Layout.FULL, 0.05f, 1, FREE);
        double before = cosines(table(config));
        AnchorTable table = table(config);
        SparseBatch batch = batch(1);
        for (int i = 0; i < 50; i++) {
            step(table, batch, Panel.of(batch.rows() * DIMENSION), 1);
        }
        assertThat(cosines(table)).isLessThan(before / 2);
    }

    private static double cosines(AnchorTable table) {
        float[] flat = new float[ANCHORS * DIMENSION];
        float[] one = new float[DIMENSION];
        for (int k = 0; k < ANCHORS; k++) {
            table.anchor(k, one);
            System.arraycopy(one, 0, flat, k * DIMENSION, DIMENSION);
        }
        return new Orthogonality(ANCHORS, DIMENSION).meanAbsoluteCosine(flat);
    }
}
