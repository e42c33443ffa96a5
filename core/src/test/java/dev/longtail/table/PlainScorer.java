package dev.longtail.table;

import static dev.longtail.table.AnchorScorerTest.ANCHORS;
import static dev.longtail.table.AnchorScorerTest.BATCH;
import static dev.longtail.table.AnchorScorerTest.DIMENSION;
import static dev.longtail.table.AnchorScorerTest.OBJECTS;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import java.util.Arrays;

/** All that is learned or has a gradient, in double precision: T, A, biases and hidden vectors. */
record PlainScorer(AnchorConfig config, double[][] t, double[][] a, double[] bias, double[][] x) {

    static PlainScorer of(AnchorScorer scorer, Panel x) {
        AnchorTable table = scorer.table();
        double[][] t = new double[OBJECTS][ANCHORS];
        double[][] a = new double[ANCHORS][DIMENSION];
        double[][] hidden = new double[BATCH][DIMENSION];
        for (int i = 0; i < OBJECTS; i++) {
            float[] row = new float[ANCHORS];
            table.transform().addRow(i, 1, row, 0);
            Arrays.setAll(t[i], k -> row[k]);
        }
        for (int k = 0; k < ANCHORS; k++) {
            float[] anchor = new float[DIMENSION];
            table.anchor(k, anchor);
            Arrays.setAll(a[k], j -> anchor[j]);
        }
        for (int b = 0; b < BATCH; b++) {
            for (int j = 0; j < DIMENSION; j++) {
                hidden[b][j] = x.values()[x.at(j * BATCH + b)];
            }
        }
        double[] bias = new double[OBJECTS];
        Arrays.setAll(bias, i -> scorer.bias()[i]);
        return new PlainScorer(table.config(), t, a, bias, hidden);
    }

    /** A row of the dense E. */
    double[] vector(int i) {
        double[] e = new double[DIMENSION];
        int perSet = ANCHORS / config.sets();
        for (int k = 0; k < ANCHORS; k++) {
            double total = 0;
            for (int other = k / perSet * perSet; other < (k / perSet + 1) * perSet; other++) {
                total += Math.exp(t[i][other]);
            }
            double p = config.mixing() == AnchorConfig.Mixing.LINEAR ? t[i][k] : Math.exp(t[i][k]) / total;
            for (int j = 0; j < DIMENSION; j++) {
                e[j] += p * a[k][j];
            }
        }
        return e;
    }

    double score(int i, int b) {
        double[] e = vector(i);
        double sum = bias[i];
        for (int j = 0; j < DIMENSION; j++) {
            sum += e[j] * x[b][j];
        }
        return sum;
    }

    double loss(int i) {
        double sum = 0;
        for (int b = 0; b < BATCH; b++) {
            double z = score(i, b);
            sum += Math.log(1 + Math.exp(-target(i, b) * z));
        }
        return sum;
    }

    /** The losses of some objects, and the product of an input end's bags with what is their gradient. */
    double objective(int from, int to, SparseBatch bags, Panel d) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += loss(i);
        }
        for (int example = 0; example < bags.rows(); example++) {
            for (int entry = bags.start(example); entry < bags.start(example + 1); entry++) {
                double[] e = vector(bags.columns()[entry]);
                for (int j = 0; j < DIMENSION; j++) {
                    sum += bags.values()[entry] * e[j] * d.values()[d.at(example * DIMENSION + j)];
                }
            }
        }
        return sum;
    }

    static int target(int object, int example) {
        return (object * 5 + example) % 3 == 0 ? 1 : -1;
    }
}
