package dev.longtail.train;

import dev.longtail.config.Setting;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.nonparametric.BudgetConfig;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;

/**
 * Whether and how a rating model learns its numbers of anchors, nbANT. The objective that decides them is
 *
 * <pre>
 *   loss + lambda2 (nnz(T users) + nnz(T items)) + (lambda1 - lambda2) (K users + K items)
 * </pre>
 *
 * with the loss on the validation part. Eq. 34 of the paper has the sum of the Bregman divergences, which for ratings
 * are half squared errors; what the paper computes, in Table 15 as in the authors' program, is the mean. So the mean
 * squared error is the default, and half of it can be had.
 *
 * <p>lambda2 belongs to the penalty of the tables: a step of training lowers the loss of a batch of B ratings and
 * l1 |T|, so where the loss is summed over the batch, lambda2 = 2 l1 / B weighs non-zeros of weight 1 against the mean
 * squared error as training does, and where its mean is taken, lambda2 = 2 l1. It is a setting of its own because
 * thresholds of adaptive rules and of rows that batches touch have other units.
 *
 * @param learned whether numbers of anchors are learned
 * @param loss of the objective
 * @param leaving which anchors go
 * @param budget how numbers change
 */
public record RatingBudgetConfig(
        @Setting("whether the numbers of anchors of users and items are learned while training goes on (nbANT); tables"
                + " start with budget.start anchors, and a validation part is needed")
        boolean learned,

        @Setting("loss of the objective on the validation part: mse, the mean squared error, or half-mse, the mean"
                + " Bregman divergence")
        Loss loss,

        @Setting("anchors that go where there are too many: weakest, those that the vectors have least of, or last,"
                + " those"
                + " that came last, as in the paper")
        Leaving leaving,

        BudgetConfig budget) {

    /**
     * Numbers of anchors stay as they are. Where they are learned, from 10 on as in the paper, but by comparison: with
     * the paper's own rule anchors come as long as training goes on (bench/results/nonparametric-ml-100k.md).
     */
    public static final RatingBudgetConfig DEFAULT = new RatingBudgetConfig(
            false,
            Loss.MSE,
            Leaving.WEAKEST,
            new BudgetConfig(
                    10,
                    1,
                    100,
                    1,
                    BudgetConfig.Rule.SETTLED,
                    BudgetConfig.Sharing.TIED,
                    new AnchorObjective(1e-3, 1e-6)));

    /** Losses of the objective. */
    public enum Loss {
        /** Mean squared error. */
        MSE,
        /** Half of it, the mean Bregman divergence of ratings. */
        HALF_MSE;

        double of(double mse) {
            return this == MSE ? mse : mse / 2;
        }
    }

    /** Which anchors go where there are too many. */
    public enum Leaving {
        /** Those with the least sum over rows of |t[k] a[k]|^2: most of them go unnoticed. */
        WEAKEST,
        /** Those of the highest numbers. */
        LAST;

        /** Changes the number of anchors of a table; one that has none stays as it is. */
        void resize(InputTable table, int count) {
            if (!(table instanceof AnchorTable anchors) || anchors.count() == count) {
                return;
            }
            if (count < anchors.count() && this == WEAKEST) {
                anchors.weakestLast(count);
            }
            anchors.resize(count);
        }
    }

    /** The objective for both tables together. */
    public double objective(double mse, long nonZeros, long anchors) {
        return budget.objective().value(loss.of(mse), nonZeros, anchors);
    }
}
