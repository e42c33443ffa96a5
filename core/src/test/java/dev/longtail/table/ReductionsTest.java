package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.anchor.AnchorStart;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.penalty.RowPenaltyConfig;
import dev.longtail.relation.RelationGraph;
import dev.longtail.relation.RelationGraphBuilder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Appendix I of Anchor and Transform: other methods come out of settings of an anchor table, and match implementations
 * that know nothing of anchors. All learn vectors of 60 objects by descent on squared distances to given ones.
 */
class ReductionsTest {

    private static final int OBJECTS = 60;
    private static final int DIMENSION = 7;
    private static final int BATCH = 20;
    private static final int STEPS = 25;
    private static final float RATE = 0.05f;

    private static AnchorTable table(AnchorConfig config) {
        return table(config, OBJECTS);
    }

    private static AnchorTable table(AnchorConfig config, int objects) {
        TableConfig shape = new TableConfig(TableConfig.Kind.ANCHORS, DIMENSION, true, 1, 1, config);
        return (AnchorTable) shape.newTable(objects, "words");
    }

    private static AnchorConfig config(int count, int sets, AnchorConfig.Layout layout, ProximalConfig penalty) {
        return new AnchorConfig(count, sets, AnchorConfig.Mixing.LINEAR, 0, count, 0, layout, 0, 1, penalty);
    }

    private static AnchorConfig frozen(int count, AnchorConfig.Layout layout) {
        AnchorConfig free = config(count, 1, layout, ProximalConfig.PAPER.withL1(1));
        return new AnchorConfig(count, 1, free.mixing(), 0, count, 0, layout, 0, 1, true, 0, free.penalty());
    }

    private static int[] objects(int step) {
        return new SplittableRandom(step).ints(BATCH, 0, OBJECTS).toArray();
    }

    private static float target(int object, int j) {
        return (float) Math.sin(1 + object * 3 + j);
    }

    private static SparseBatch singles(int... objects) {
        SparseBatch batch = new SparseBatch();
        batch.setSingles(objects, objects.length);
        return batch;
    }

    private static float[][] vectors(InputTable table, int... objects) {
        Panel out = Panel.of(objects.length * DIMENSION);
        try (Workers workers = new Workers(1)) {
            table.bags(singles(objects), out, workers);
        }
        float[][] vectors = new float[objects.length][DIMENSION];
        for (int i = 0; i < objects.length; i++) {
            System.arraycopy(out.values(), out.at(i * DIMENSION), vectors[i], 0, DIMENSION);
        }
        return vectors;
    }

    private static float[][] all(InputTable table) {
        int[] objects = new int[OBJECTS];
        Arrays.setAll(objects, i -> i);
        return vectors(table, objects);
    }

    /** Descent on half the squared distance of the vectors of each batch to their targets. */
    private static void train(InputTable table, OptimizerConfig optimizer) {
        try (Workers workers = new Workers(2)) {
            InputTable.Training training = table.training(optimizer, 2);
            for (int step = 1; step <= STEPS; step++) {
                int[] objects = objects(step);
                training.prepare(singles(objects), workers);
                float[][] vectors = vectors(table, objects);
                Panel d = Panel.of(BATCH * DIMENSION);
                for (int i = 0; i < BATCH; i++) {
                    for (int j = 0; j < DIMENSION; j++) {
                        d.values()[d.at(i * DIMENSION + j)] = vectors[i][j] - target(objects[i], j);
                    }
                }
                training.backward(singles(objects), d, new StepSize(step, 1), workers);
            }
            training.endEpoch();
        }
    }

    private static OptimizerConfig rule(OptimizerConfig.Kind kind) {
        return OptimizerConfig.of(kind, RATE);
    }

    private static void assertClose(float[][] actual, float[][] expected) {
        for (int object = 0; object < OBJECTS; object++) {
            for (int j = 0; j < DIMENSION; j++) {
                assertThat(actual[object][j]).isCloseTo(expected[object][j], within(1e-6f));
            }
        }
    }

    /**
     * T[a][a] = 1 for the anchors, which are the most frequent objects, and frozen. With rules that have momentum the
     * two
     * differ: anchors move in every step, rows of a table in those that read them.
     */
    @ParameterizedTest
    @EnumSource(
            value = OptimizerConfig.Kind.class,
            names = {"SGD", "ADAGRAD"})
    void selectionByFrequencyIsATableOfTheFirstObjects(OptimizerConfig.Kind kind) {
        int kept = 12;
        RowPlaces places = new RowPlaces(OBJECTS, kept, Shards.of(kept, DIMENSION), false);
        RowTable dense = new RowTable(places, DIMENSION, "words", RowPenaltyConfig.NONE);
        dense.initialise(1, 4);
        AnchorTable anchors = table(frozen(kept, AnchorConfig.Layout.SPARSE));
        float[][] start = all(dense);
        for (int a = 0; a < kept; a++) {
            anchors.setAnchor(a, start[a]);
            anchors.transform().insert(a, new int[] {a}, new float[] {1}, 1);
        }
        train(dense, rule(kind));
        train(anchors, rule(kind));
        assertClose(all(anchors), all(dense));
        assertThat(all(anchors)[3]).isNotEqualTo(start[3]);
        assertThat(all(anchors)[kept]).containsOnly(0);
        assertThat(anchors.transform().nnz()).isEqualTo(kept);
    }

    /** Any other choice of objects: by tf-idf, the group lasso or variational dropout. */
    @ParameterizedTest
    @EnumSource(
            value = AnchorConfig.Layout.class,
            names = {"FULL", "SPARSE"})
    void selectionByAnotherMeasureLearnsTheSelectedObjectsOnly(AnchorConfig.Layout layout) {
        int[] selected = {41, 3, 17, 58, 20};
        AnchorTable anchors = table(frozen(selected.length, layout));
        double[][] expected = new double[OBJECTS][DIMENSION];
        for (int a = 0; a < selected.length; a++) {
            float[] start = new float[DIMENSION];
            Arrays.fill(start, 0.1f * a);
            anchors.setAnchor(a, start);
            anchors.transform().insert(selected[a], new int[] {a}, new float[] {1}, 1);
            Arrays.fill(expected[selected[a]], 0.1f * a);
        }
        train(anchors, rule(OptimizerConfig.Kind.SGD));
        for (int step = 1; step <= STEPS; step++) {
            double[][] gradients = new double[OBJECTS][DIMENSION];
            for (int object : objects(step)) {
                for (int j = 0; j < DIMENSION; j++) {
                    gradients[object][j] += expected[object][j] - target(object, j);
                }
            }
            for (int object : selected) {
                for (int j = 0; j < DIMENSION; j++) {
                    expected[object][j] -= RATE * gradients[object][j];
                }
            }
        }
        float[][] actual = all(anchors);
        for (int object = 0; object < OBJECTS; object++) {
            for (int j = 0; j < DIMENSION; j++) {
                assertThat((double) actual[object][j]).isCloseTo(expected[object][j], within(1e-6));
            }
        }
        assertThat(actual[17]).isNotEqualTo(actual[3]).doesNotContain(0);
    }

    /** As many sets as anchors, one anchor each, no penalty and no sign: E = U V of rank M. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void setsOfOneAnchorAreALowRankFactorisation(int rank) {
        ProximalConfig free = new ProximalConfig(
                0, ProximalConfig.Domain.SIGNED, ProximalConfig.Metric.PLAIN, ProximalConfig.Rows.ALL, 0, 0, 0, false);
        AnchorTable anchors = table(config(rank, rank, AnchorConfig.Layout.FULL, free));
        double[][] u = new double[OBJECTS][rank];
        double[][] v = new double[rank][DIMENSION];
        SplittableRandom random = new SplittableRandom(8);
        for (int k = 0; k < rank; k++) {
            float[] anchor = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                anchor[j] = (float) random.nextDouble(-0.5, 0.5);
                v[k][j] = anchor[j];
            }
            anchors.setAnchor(k, anchor);
            for (int object = 0; object < OBJECTS; object++) {
                float weight = (float) random.nextDouble(-0.5, 0.5);
                anchors.transform().insert(object, new int[] {k}, new float[] {weight}, 1);
                u[object][k] = weight;
            }
        }
        train(anchors, rule(OptimizerConfig.Kind.SGD));
        factorise(u, v);
        float[][] actual = all(anchors);
        for (int object = 0; object < OBJECTS; object++) {
            double[] expected = product(u[object], v);
            for (int j = 0; j < DIMENSION; j++) {
                assertThat((double) actual[object][j]).isCloseTo(expected[j], within(1e-6));
            }
        }
        assertThat(anchors.parameters()).isEqualTo((long) rank * (OBJECTS + DIMENSION));
    }

    private static void factorise(double[][] u, double[][] v) {
        for (int step = 1; step <= STEPS; step++) {
            double[][] du = new double[OBJECTS][v.length];
            double[][] dv = new double[v.length][DIMENSION];
            for (int object : objects(step)) {
                double[] e = product(u[object], v);
                for (int k = 0; k < v.length; k++) {
                    for (int j = 0; j < DIMENSION; j++) {
                        du[object][k] += (e[j] - target(object, j)) * v[k][j];
                        dv[k][j] += (e[j] - target(object, j)) * u[object][k];
                    }
                }
            }
            descend(u, du);
            descend(v, dv);
        }
    }

    private static double[] product(double[] weights, double[][] v) {
        double[] e = new double[DIMENSION];
        for (int k = 0; k < v.length; k++) {
            for (int j = 0; j < DIMENSION; j++) {
                e[j] += weights[k] * v[k][j];
            }
        }
        return e;
    }

    private static void descend(double[][] values, double[][] gradient) {
        for (int row = 0; row < values.length; row++) {
            for (int i = 0; i < values[row].length; i++) {
                values[row][i] -= RATE * gradient[row][i];
            }
        }
    }

    private static final int SETS = 3;
    private static final int PER_SET = 8;

    /** For each object an anchor of each set. */
    private static int[][] codebook() {
        SplittableRandom random = new SplittableRandom(6);
        int[][] codebook = new int[OBJECTS][SETS];
        for (int[] codes : codebook) {
            Arrays.setAll(codes, set -> set * PER_SET + random.nextInt(PER_SET));
        }
        return codebook;
    }

    /** Anchor k is a further object, OBJECTS + k, and objects are related to those of their codes. */
    private static RelationGraph graph() {
        RelationGraphBuilder graph = new RelationGraphBuilder(OBJECTS + SETS * PER_SET);
        int[][] codebook = codebook();
        for (int object = 0; object < OBJECTS; object++) {
            for (int code : codebook[object]) {
                graph.relate(object, OBJECTS + code);
            }
        }
        return graph.build();
    }

    /** One link of each set is free of a penalty that no other survives. */
    private static AnchorTable codes(AnchorConfig.Layout layout) {
        AnchorConfig config = config(SETS * PER_SET, SETS, layout, ProximalConfig.PAPER.withL1(1e6f));
        AnchorTable anchors = table(config, OBJECTS + SETS * PER_SET);
        anchors.start(new AnchorStart(
                IntStream.range(OBJECTS, OBJECTS + SETS * PER_SET).toArray(), 0, null, new NoLinks()));
        anchors.relate(graph());
        return anchors;
    }

    @ParameterizedTest
    @EnumSource(
            value = AnchorConfig.Layout.class,
            names = {"FULL", "SPARSE"})
    void ofAllLinksThoseOfTheCodebookAreLeft(AnchorConfig.Layout layout) {
        AnchorTable anchors = codes(layout);
        anchors.initialise(1, 5);
        assertThat(anchors.transform().nnz()).isEqualTo((OBJECTS + SETS * PER_SET) * (long) SETS * PER_SET);
        train(anchors, rule(OptimizerConfig.Kind.SGD));
        RelationGraph graph = graph();
        long links = 0;
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = new float[SETS * PER_SET];
            anchors.transform().addRow(object, 1, row, 0);
            for (int k = 0; k < row.length; k++) {
                boolean own = graph.related(object, OBJECTS + k);
                assertThat(row[k] == 0 || own)
                        .as("link %d of object %d", k, object)
                        .isTrue();
                links += row[k] == 0 ? 0 : 1;
            }
        }
        assertThat(links).isGreaterThan(OBJECTS * SETS / 2L); // a weight that has come down to 0 is none
    }

    /** The same as vectors that are sums of one vector of each set, times a weight that is not negative. */
    @ParameterizedTest
    @EnumSource(
            value = AnchorConfig.Layout.class,
            names = {"FULL", "SPARSE"})
    void freedLinksAreCompositionalCodes(AnchorConfig.Layout layout) {
        AnchorTable anchors = codes(layout);
        int[][] codebook = codebook();
        double[][] weights = new double[OBJECTS][SETS];
        double[][] vectors = new double[SETS * PER_SET][DIMENSION];
        for (int k = 0; k < vectors.length; k++) {
            float[] anchor = new float[DIMENSION];
            for (int j = 0; j < DIMENSION; j++) {
                anchor[j] = 0.3f * target(k + 100, j);
                vectors[k][j] = anchor[j];
            }
            anchors.setAnchor(k, anchor);
        }
        for (int object = 0; object < OBJECTS; object++) {
            Arrays.fill(weights[object], 1);
            anchors.transform().insert(object, codebook[object], new float[] {1, 1, 1}, SETS);
        }
        train(anchors, rule(OptimizerConfig.Kind.SGD));
        for (int step = 1; step <= STEPS; step++) {
            learnCodes(codebook, weights, vectors, objects(step));
        }
        float[][] actual = all(anchors);
        for (int object = 0; object < OBJECTS; object++) {
            double[] expected = decoded(codebook[object], weights[object], vectors);
            for (int j = 0; j < DIMENSION; j++) {
                assertThat((double) actual[object][j]).isCloseTo(expected[j], within(1e-6));
            }
        }
    }

    private static double[] decoded(int[] codes, double[] weights, double[][] vectors) {
        double[] sum = new double[DIMENSION];
        for (int set = 0; set < SETS; set++) {
            for (int j = 0; j < DIMENSION; j++) {
                sum[j] += weights[set] * vectors[codes[set]][j];
            }
        }
        return sum;
    }

    private static void learnCodes(int[][] codebook, double[][] weights, double[][] vectors, int[] objects) {
        double[][] dWeights = new double[OBJECTS][SETS];
        double[][] dVectors = new double[SETS * PER_SET][DIMENSION];
        for (int object : objects) {
            double[] e = decoded(codebook[object], weights[object], vectors);
            for (int set = 0; set < SETS; set++) {
                int code = codebook[object][set];
                for (int j = 0; j < DIMENSION; j++) {
                    double error = e[j] - target(object, j);
                    dWeights[object][set] += error * vectors[code][j];
                    dVectors[code][j] += error * weights[object][set];
                }
            }
        }
        descend(weights, dWeights);
        descend(vectors, dVectors);
        for (double[] row : weights) {
            Arrays.setAll(row, set -> Math.max(0, row[set]));
        }
    }

    @Test
    void frozenLinksAreNeitherMovedNorPenalised() {
        AnchorTable anchors = table(frozen(4, AnchorConfig.Layout.FULL));
        anchors.initialise(1, 5);
        float[] before = new float[4];
        float[] after = new float[4];
        anchors.transform().addRow(9, 1, before, 0);
        train(anchors, rule(OptimizerConfig.Kind.YOGI));
        anchors.transform().addRow(9, 1, after, 0);
        assertThat(after).isEqualTo(before).doesNotContain(0);
    }
}
