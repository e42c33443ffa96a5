package dev.longtail.penalty;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How the transform T of an anchor table is penalised: after each update of the optimizer a proximal step, eq. 2 and 3
 * of Liang et al., "Anchor and Transform" (ICLR 2021).
 *
 * @param l1 lambda2, at least 0
 * @param domain what values T may have
 * @param metric what the threshold of a step is
 * @param rows which rows a step shrinks
 * @param freeEpochs epochs before the penalty acts, at least 0
 * @param rampEpochs epochs after those in which it grows to its full size, at least 0
 * @param refitAfter epoch after which nothing is shrunk any more and weights that are 0 stay 0; 0 for never
 * @param penaliseAnchors whether the anchors are shrunk and limited like T
 */
public record ProximalConfig(
        @Setting("weight lambda2 of the l1 penalty on the transform, at least 0; more makes it sparser")
        float l1,

        @Setting("values the transform may have: non-negative, signed, or while-penalised: signed as long as lambda2 is"
                + " 0 and non-negative from then on")
        Domain domain,

        @Setting("threshold of a step: plain is learning rate times lambda2; coordinate is lambda2 times the step of"
                + " each weight by the optimizer's own rule")
        Metric metric,

        @Setting("rows that a step shrinks: all, of which untouched ones make up for it when they are read next; or"
                + " touched, those that the batch reads, which spares rare objects")
        Rows rows,

        @Setting("epochs before the penalty acts, at least 0")
        int freeEpochs,

        @Setting("epochs after the free ones in which lambda2 grows evenly from 0 to its full size; 0 for at once")
        int rampEpochs,

        @Setting("epoch after which the penalty ends and weights of the transform that are 0 stay 0: the others are"
                + " fitted without what the penalty took from them (relaxed lasso); 0 for never")
        int refitAfter,

        @Setting("whether anchors are shrunk and limited like the transform, as in the authors' program")
        boolean penaliseAnchors) {

    /** As the paper has it: T = max(T - rate lambda2, 0), all of T, from the first step on (Algorithm 1, line 7). */
    public static final ProximalConfig PAPER =
            new ProximalConfig(1e-4f, Domain.NON_NEGATIVE, Metric.PLAIN, Rows.ALL, 0, 0, 0, false);

    /**
     * As the authors' published program trains a fixed number of anchors (github.com/pliang279/sparse_discrete):
     * lambda2 is 0 for six epochs, in which T is dense and signed, and then grows by lambda2 / 50 an epoch, 50 being
     * the epochs of its runs, so that it ends at 0.88 of its size; thresholds follow the steps of Yogi; anchors are
     * shrunk and cut at 0 as well.
     */
    public static final ProximalConfig PARITY =
            new ProximalConfig(1e-4f, Domain.WHILE_PENALISED, Metric.COORDINATE, Rows.ALL, 5, 50, 0, true);

    /** What values T may have, and the operator that keeps it there while it shrinks. */
    public enum Domain {
        /** T is at least 0 after every step. */
        NON_NEGATIVE,
        /** T is not limited. */
        SIGNED,
        /** T is not limited in steps whose threshold is 0, and at least 0 after every other. */
        WHILE_PENALISED;

        /**
         * The step on n numbers of an array.
         *
         * @param threshold at least 0
         * @return how many of the numbers are not 0 afterwards
         */
        public int step(float[] values, int offset, int n, float threshold) {
            return limits(threshold)
                    ? Proximal.nonNegativeSoft(values, offset, n, threshold)
                    : Proximal.soft(values, offset, n, threshold);
        }

        /**
         * The same with a threshold for each number.
         *
         * @param thresholds float[n] or longer, from its start, each at least 0
         * @param penalised whether lambda2 is above 0 in this step
         */
        public int step(float[] values, int offset, int n, float[] thresholds, boolean penalised) {
            return limits(penalised ? 1 : 0)
                    ? Proximal.nonNegativeSoft(values, offset, n, thresholds)
                    : Proximal.soft(values, offset, n, thresholds);
        }

        /** Whether numbers below 0 are cut in a step of this threshold. */
        public boolean limits(float threshold) {
            return this == NON_NEGATIVE || (this == WHILE_PENALISED && threshold > 0);
        }
    }

    /** What the threshold of a step is. */
    public enum Metric {
        /** Learning rate times lambda2, the same for all weights. */
        PLAIN,
        /**
         * lambda2 times each weight's own step length, such as rate / (sqrt(v) + epsilon): the proximal operator in the
         * metric in which an adaptive rule descends.
         */
        COORDINATE
    }

    /** Which rows a step shrinks. */
    public enum Rows {
        /** Those that an example of the batch reads: a row's penalty then grows with its frequency. */
        TOUCHED,
        /** All: the step that belongs to lambda2 |T|, whatever the batch reads. */
        ALL
    }

    public ProximalConfig {
        Require.that(l1 >= 0 && Float.isFinite(l1), "l1", "at least 0", l1);
        Require.that(freeEpochs >= 0, "freeEpochs", "at least 0", freeEpochs);
        Require.that(rampEpochs >= 0, "rampEpochs", "at least 0", rampEpochs);
        Require.that(refitAfter >= 0, "refitAfter", "at least 0", refitAfter);
    }

    /**
     * lambda2 as it is in an epoch.
     *
     * @param epoch from 1
     */
    public float l1(int epoch) {
        int acting = epoch - 1 - freeEpochs;
        if (acting < 0 || isRefit(epoch)) {
            return 0;
        }
        return acting >= rampEpochs ? l1 : (float) ((double) l1 * acting / rampEpochs);
    }

    /**
     * Whether an epoch fits what the penalty has left: the l1 penalty chooses the weights that are not 0 and draws them
     * towards 0 as well, which their choice does not need (relaxed lasso, Meinshausen 2007, with phi = 0).
     *
     * @param epoch from 1
     */
    public boolean isRefit(int epoch) {
        return refitAfter > 0 && epoch > refitAfter;
    }

    /** The same settings with another lambda2. */
    public ProximalConfig withL1(float lambda2) {
        return new ProximalConfig(lambda2, domain, metric, rows, freeEpochs, rampEpochs, refitAfter, penaliseAnchors);
    }
}
