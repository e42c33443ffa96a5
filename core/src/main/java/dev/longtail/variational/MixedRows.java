package dev.longtail.variational;

import dev.longtail.config.Require;
import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.AnchorTable;
import java.util.Arrays;

/**
 * Vectors of an anchor table, x = t A with t at least 0 and an l1 penalty on it: a row is a lasso without negative
 * weights, solved by coordinate descent, which leaves exact zeros; then the anchors are the solution of linear
 * equations. Anchors have length 1, so that the penalty cannot be escaped by long anchors and short weights.
 */
final class MixedRows implements RowForm {

    /** Part of the largest weight by which a weight may still move at the end of a descent. */
    private static final double TOLERANCE = 1e-5;

    private final AnchorTable table;

    MixedRows(AnchorTable table) {
        check(table.config());
        this.table = table;
        AnchorEquations.check(table.count(), table.dimension());
    }

    private static void check(AnchorConfig config) {
        ProximalConfig penalty = config.penalty();
        Require.that(
                config.mixing() == AnchorConfig.Mixing.LINEAR && penalty.domain() == ProximalConfig.Domain.NON_NEGATIVE,
                "anchors.mixing and anchors.penalty.domain, with solver variational,",
                "linear and non-negative",
                config.mixing() + " and " + penalty.domain());
        boolean plain = config.orthogonality() == 0
                && config.unrelated() == 0
                && config.mostLinks() == 0
                && !config.linksFrozen()
                && !penalty.penaliseAnchors();
        Require.that(
                plain && !config.relations().any(),
                "orthogonality, unrelated, mostLinks, linksFrozen, relations and penaliseAnchors of anchors, with"
                        + " solver variational,",
                "left as they are",
                config);
    }

    @Override
    public Shards shards() {
        return table.transform().shards();
    }

    @Override
    public void begin(Side own, Side other, Setting setting, Workers workers) {
        if (setting.epoch() == 1) {
            normalise();
        }
        new AnchorEquations(table, own, other, setting).solve(workers);
        normalise();
    }

    /** Gives all anchors length 1 and their weights what they had of it; vectors stay as they are. */
    private void normalise() {
        int dimension = table.dimension();
        double[] lengths = new double[table.count()];
        float[] anchor = new float[dimension];
        for (int k = 0; k < lengths.length; k++) {
            table.anchor(k, anchor);
            double squared = 0;
            for (float value : anchor) {
                squared += (double) value * value;
            }
            lengths[k] = squared == 0 ? 1 : Math.sqrt(squared);
            for (int j = 0; j < dimension; j++) {
                anchor[j] = (float) (anchor[j] / lengths[k]);
            }
            table.setAnchor(k, anchor);
        }
        SparseFactor.View view = new SparseFactor.View();
        for (int row = 0; row < table.transform().rows(); row++) {
            table.transform().view(row, view);
            for (int j = 0; j < view.length; j++) {
                view.values[view.offset + j] *= (float) lengths[view.column(j)];
            }
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        table.carry(name, state);
    }

    @Override
    public Solver solver(Side own, Setting setting) {
        return new Lasso(own, setting);
    }

    /** The rows of a piece. */
    private final class Lasso implements Solver {

        private final Side own;
        private final double l1;
        private final boolean refit;
        private final int count = table.count();
        private final int dimension = table.dimension();
        private final double[][] anchors = new double[count][dimension];
        private final double[][] equations = new double[count + 1][count + 1];
        private final double[] right = new double[count + 1];
        private final double[] weights = new double[count + 1];
        private final float[] before = new float[count];
        private final double[] product = new double[dimension];
        private final SparseFactor.View view = new SparseFactor.View();
        private final int[] columns = new int[count];
        private final float[] values = new float[count];

        Lasso(Side own, Setting setting) {
            this.own = own;
            this.l1 = table.config().penalty().l1(setting.epoch());
            this.refit = table.config().penalty().isRefit(setting.epoch());
            float[] anchor = new float[dimension];
            for (int k = 0; k < count; k++) {
                table.anchor(k, anchor);
                for (int j = 0; j < dimension; j++) {
                    anchors[k][j] = anchor[j];
                }
            }
        }

        @Override
        public double solve(int row, RowSystem system, double[][] h, double[] x) {
            project(system, h);
            Arrays.fill(before, 0);
            table.transform().addRow(table.row(row), 1, before, 0);
            for (int k = 0; k < count; k++) {
                weights[k] = before[k];
                if (refit && before[k] == 0) {
                    leaveOut(k);
                }
            }
            weights[count] = own.bias(row);
            NormalEquations.descend(equations, right, weights, count, l1, TOLERANCE);
            store(table.row(row));
            Arrays.fill(x, 0);
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < dimension; j++) {
                    x[j] += (float) weights[k] * anchors[k][j];
                }
            }
            return weights[count];
        }

        /** The equations of the vector as those of its weights: A H A', A g. */
        private void project(RowSystem system, double[][] h) {
            for (int k = 0; k < count; k++) {
                double weighted = 0;
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    weighted += anchors[k][j] * system.weighted(j);
                    sum += anchors[k][j] * system.sum(j);
                    product[j] = dot(h[j], anchors[k]);
                }
                right[k] = weighted;
                equations[k][count] = own.hasBiases() ? sum : 0;
                equations[count][k] = equations[k][count];
                for (int other = 0; other < count; other++) {
                    equations[k][other] = dot(product, anchors[other]);
                }
            }
            equations[count][count] = own.hasBiases() ? system.count() + own.biasPull() : 1;
            right[count] = own.hasBiases() ? system.rests() : 0;
        }

        private double dot(double[] a, double[] b) {
            double sum = 0;
            for (int j = 0; j < dimension; j++) {
                sum += a[j] * b[j];
            }
            return sum;
        }

        /** A weight that stays 0. */
        private void leaveOut(int k) {
            right[k] = 0;
            for (int other = 0; other <= count; other++) {
                equations[k][other] = 0;
                equations[other][k] = 0;
            }
            equations[k][k] = 1;
        }

        private void store(int row) {
            SparseFactor transform = table.transform();
            transform.view(row, view);
            for (int j = 0; j < view.length; j++) {
                int column = view.column(j);
                view.values[view.offset + j] = (float) weights[column];
                before[column] = Float.NaN; // stored
            }
            int added = 0;
            for (int k = 0; k < count; k++) {
                if (!Float.isNaN(before[k]) && (float) weights[k] != 0) {
                    columns[added] = k;
                    values[added++] = (float) weights[k];
                }
            }
            if (added > 0) {
                transform.insert(row, columns, values, added);
            }
            transform.tidy(row);
        }
    }
}
