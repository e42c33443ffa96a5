package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * Which slots fall at a rewire.
 *
 * @param rule what is judged
 * @param scope among which slots the smallest are sought, for {@link Rule#FRACTION}
 * @param fraction share of the slots that fall, for {@link Rule#FRACTION}, in [0, 1]
 * @param decay course of the fraction over the steps in which connections move
 * @param threshold for {@link Rule#THRESHOLD} at the start, above 0
 */
public record PruneConfig(
        @Setting("which slots fall at a rewire: fraction (the smallest weights) or threshold (all below it)")
        Rule rule,

        @Setting("among which slots the smallest fraction is sought: row (of each label as many) or layer")
        Scope scope,

        @Setting("share of the slots that fall at a rewire by rule fraction, in [0, 1]")
        float fraction,

        @Setting("course of the fraction until the end of rewiring: constant, or cosine to 0")
        Decay decay,

        @Setting("magnitude below which slots fall by rule threshold; falls by cosine to 1e-4, above 0")
        float threshold) {

    /** The smallest fifth of each label. */
    public static final PruneConfig DEFAULT = new PruneConfig(Rule.FRACTION, Scope.ROW, 0.2f, Decay.CONSTANT, 0.01f);

    /** Rules of pruning. */
    public enum Rule {
        /** A fixed number of the smallest weights. */
        FRACTION,
        /** Every weight below the threshold of the step. */
        THRESHOLD
    }

    /** Ranges in which weights are compared. */
    public enum Scope {
        /** floor(fraction * fan-in) slots of each index row. */
        ROW,
        /** floor(fraction * slots) of the layer: a row may lose none or all (Schultheis and Babbar 2023; HASTE). */
        LAYER
    }

    /** Courses of the fraction. */
    public enum Decay {
        /** As SET has it. */
        CONSTANT,
        /** fraction (1 + cos(pi t)) / 2, t from 0 to 1 until rewiring ends, as RigL has it. */
        COSINE
    }

    public PruneConfig {
        Require.that(fraction >= 0 && fraction <= 1, "fraction", "in [0, 1]", fraction);
        Require.that(threshold > 0 && Float.isFinite(threshold), "threshold", "above 0", threshold);
    }

    /** The smallest fraction of each row, the same at every rewire. */
    public static PruneConfig fraction(float fraction) {
        return new PruneConfig(Rule.FRACTION, Scope.ROW, fraction, Decay.CONSTANT, DEFAULT.threshold);
    }

    /** All weights below a threshold that falls from this. */
    public static PruneConfig threshold(float threshold) {
        return new PruneConfig(Rule.THRESHOLD, Scope.ROW, DEFAULT.fraction, Decay.CONSTANT, threshold);
    }

    /** The same with another scope. */
    public PruneConfig withScope(Scope changed) {
        return new PruneConfig(rule, changed, fraction, decay, threshold);
    }

    /** The same with another course of the fraction. */
    public PruneConfig withDecay(Decay changed) {
        return new PruneConfig(rule, scope, fraction, changed, threshold);
    }
}
