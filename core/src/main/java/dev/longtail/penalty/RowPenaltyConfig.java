package dev.longtail.penalty;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How the rows of a dense or hashed table are made sparse, number by number: what anchor tables are compared with.
 * Sparse CBOW (Sun et al., IJCAI 2016) is an l1 penalty on all of the table by {@link Rule#DUAL_AVERAGING}; Slimming
 * (Liu et al., ICCV 2017) is {@link Rule#SUBGRADIENT} with the smallest numbers set to 0.
 *
 * @param l1 weight of the penalty, at least 0
 * @param rule how the penalty acts
 * @param kept share of the table's numbers that an epoch leaves, above 0 and at most 1
 */
public record RowPenaltyConfig(
        @Setting("weight of the l1 penalty on the numbers of a dense or hashed table, at least 0; 0 for none")
        float l1,

        @Setting("how that penalty acts: subgradient adds it to gradients and leaves no number at 0; truncated takes it"
                + " from all numbers after each step, down to 0; dual-averaging makes each number from the mean of"
                + " its gradients, in place of the update rule")
        Rule rule,

        @Setting(
                "share of the numbers of a dense or hashed table that each epoch leaves at its end, above 0 and at most"
                        + " 1; the smallest others are set to 0, and may grow again in the next epoch")
        float kept) {

    /** Every number is free. */
    public static final RowPenaltyConfig NONE = new RowPenaltyConfig(0, Rule.SUBGRADIENT, 1);

    /** How the penalty acts. */
    public enum Rule {
        /** The gradient of a row that is touched gains l1 sign(w): numbers come near 0 and cross it. */
        SUBGRADIENT,
        /**
         * After each step the soft threshold learning rate times l1 on all rows, of which untouched ones make up for it
         * when they are read next: truncated gradient (Langford, Li and Zhang, JMLR 2009) with a truncation in every
         * step, which is the proximal step that anchor tables take on their transform.
         */
        TRUNCATED,
        /**
         * Regularised dual averaging (Xiao, JMLR 2010) with a step count for each row, as Sparse CBOW has it: with g
         * the
         * mean of the t gradients of a row so far, each number becomes -rate sqrt(t) soft(g, l1), the argmin of
         * g w + l1 |w| + w^2 / (2 rate sqrt(t)). The first values of a row are gone after its first step.
         */
        DUAL_AVERAGING
    }

    public RowPenaltyConfig {
        Require.that(l1 >= 0 && Float.isFinite(l1), "l1", "at least 0", l1);
        Require.that(kept > 0 && kept <= 1, "kept", "above 0 and at most 1", kept);
    }

    /** Whether numbers can be 0, so that they are worth counting. */
    public boolean leavesZeros() {
        return kept < 1 || rule == Rule.DUAL_AVERAGING || (rule == Rule.TRUNCATED && l1 > 0);
    }
}
