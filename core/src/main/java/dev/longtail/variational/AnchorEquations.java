package dev.longtail.variational;

import dev.longtail.config.Require;
import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorTable;
import java.util.Arrays;

/**
 * The anchors A of a side for the weights T as they are: what rows expect of their vectors x = t A is a sum of squares
 * of A as well, so all anchors together are the solution of linear equations,
 *
 * <pre>
 *   sum over rows of (t t') (x) (sum M + noise P)  vec A  =  sum over rows of t (x) (sum e v - b sum v),
 * </pre>
 *
 * with a pull towards the anchors before, which keeps those that nothing is linked to.
 */
final class AnchorEquations {

    /** Weight of the anchors before, as many ratings would have. */
    private static final double KEPT = 1;

    /** Unknowns at most: their equations are of the square of it. */
    private static final int MOST = 1024;

    /** Pieces of the rows, whose sums are added in order. */
    private static final int PIECES = 4;

    private final AnchorTable table;
    private final Side own;
    private final Side other;
    private final RowForm.Setting setting;
    private final int dimension;
    private final int unknowns;

    AnchorEquations(AnchorTable table, Side own, Side other, RowForm.Setting setting) {
        this.table = table;
        this.own = own;
        this.other = other;
        this.setting = setting;
        this.dimension = table.dimension();
        this.unknowns = table.count() * dimension;
    }

    /** @throws IllegalArgumentException when there are too many unknowns */
    static void check(int count, int dimension) {
        Require.that(
                (long) count * dimension <= MOST,
                "anchors.count times dimension, with solver variational,",
                "at most " + MOST,
                (long) count * dimension);
    }

    /** Equations of some rows. */
    private record Sums(double[][] left, double[] right) {

        void add(Sums more) {
            for (int i = 0; i < right.length; i++) {
                right[i] += more.right[i];
                for (int j = 0; j < right.length; j++) {
                    left[i][j] += more.left[i][j];
                }
            }
        }
    }

    /** Gives the table its best anchors. */
    void solve(Workers workers) {
        Shards pieces = new Shards(table.transform().rows(), PIECES, 1);
        Sums[] sums = new Sums[PIECES];
        workers.run(PIECES, (piece, worker) -> sums[piece] = rows(pieces, piece));
        for (int piece = 1; piece < PIECES; piece++) {
            sums[0].add(sums[piece]);
        }
        float[] anchor = new float[dimension];
        for (int k = 0; k < table.count(); k++) {
            table.anchor(k, anchor);
            for (int j = 0; j < dimension; j++) {
                sums[0].left[k * dimension + j][k * dimension + j] += KEPT;
                sums[0].right[k * dimension + j] += KEPT * anchor[j];
            }
        }
        double[] solved = NormalEquations.solve(sums[0].left, sums[0].right);
        for (int k = 0; k < table.count(); k++) {
            for (int j = 0; j < dimension; j++) {
                anchor[j] = (float) solved[k * dimension + j];
            }
            table.setAnchor(k, anchor);
        }
    }

    private Sums rows(Shards pieces, int piece) {
        Sums sums = new Sums(new double[unknowns][unknowns], new double[unknowns]);
        RowSystem system = new RowSystem(dimension);
        double[][] h = new double[dimension][dimension];
        float[] weights = new float[table.count()];
        int end = pieces.first(piece) + pieces.size(piece);
        for (int row = pieces.first(piece); row < end; row++) {
            Arrays.fill(weights, 0);
            table.transform().addRow(table.row(row), 1, weights, 0);
            system.collect(own.ratings(), row, other, setting.mean());
            system.addTo(h, own.posterior().precision(), setting.noise());
            add(row, weights, system, h, sums);
        }
        return sums;
    }

    private void add(int row, float[] weights, RowSystem system, double[][] h, Sums sums) {
        double bias = own.bias(row);
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] == 0) {
                continue;
            }
            for (int j = 0; j < dimension; j++) {
                sums.right[k * dimension + j] += weights[k] * (system.weighted(j) - bias * system.sum(j));
                double[] to = sums.left[k * dimension + j];
                for (int l = 0; l < weights.length; l++) {
                    if (weights[l] != 0) {
                        addScaled((double) weights[k] * weights[l], h[j], to, l * dimension);
                    }
                }
            }
        }
    }

    private void addScaled(double weight, double[] from, double[] to, int at) {
        for (int i = 0; i < dimension; i++) {
            to[at + i] += weight * from[i];
        }
    }
}
