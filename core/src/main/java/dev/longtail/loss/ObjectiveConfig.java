package dev.longtail.loss;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How the losses of labels and examples make up the one number that training lowers.
 *
 * @param normalisation what their sum is divided by
 * @param positiveWeight what the loss of a label on an example that carries it counts, above 0
 * @param negativeWeight what it counts on the other examples, above 0
 * @param weighting of positives by how likely it is that they are recorded
 * @param propensityA exponent of the propensity model, above 0
 * @param propensityB offset of the propensity model, above 0
 */
public record ObjectiveConfig(
        @Setting("what the sum of all losses of a batch is divided by: mean-examples by its examples, mean by examples"
                + " times labels, sum by nothing; rates, and epsilon of adaptive rules, mean different sizes for each")
        Normalisation normalisation,

        @Setting("weight of the loss where an example carries the label, above 0")
        float positiveWeight,

        @Setting("weight of the loss where an example does not carry the label, above 0")
        float negativeWeight,

        @Setting("weights against missing labels, p being the label's propensity: none; propensity counts positives"
                + " 2/p - 1 times; unbiased estimates the loss on complete labels, for loss logistic only")
        Weighting weighting,

        @Setting("exponent A of the propensity model of Jain et al. 2016, above 0")
        double propensityA,

        @Setting("offset B of the propensity model, above 0")
        double propensityB) {

    /** Sum over labels and mean over examples, positives and negatives alike. */
    public static final ObjectiveConfig DEFAULT =
            new ObjectiveConfig(Normalisation.MEAN_EXAMPLES, 1, 1, Weighting.NONE, 0.55, 1.5);

    /** What the sum of the losses of a batch is divided by. The loss that training reports is the quotient. */
    public enum Normalisation {
        /** Examples: a label's gradient does not depend on how many other labels there are. */
        MEAN_EXAMPLES,
        /**
         * Examples times labels, as the released squared hinge of SPARTEX. Gradients are about as small as the usual
         * epsilon of Adam, which then damps the updates of rare labels.
         */
        MEAN,
        /** Nothing, as the released logistic loss of SPARTEX: gradients grow with the batch. */
        SUM
    }

    /** What positives count, given the propensity p of their label (Jain et al., KDD 2016). */
    public enum Weighting {
        /** Positives are taken as complete. */
        NONE,
        /**
         * (2/p - 1) l(z, +): an upper bound of the unbiased estimate that keeps any convex loss convex (Qaraei et al.,
         * Convex Surrogates for Unbiased Loss Functions in Extreme Classification With Missing Labels, WWW 2021).
         */
        PROPENSITY,
        /**
         * l(z, +)/p + (1 - 1/p) l(z, -): its expectation over which labels were recorded is the loss on complete labels
         * (Natarajan et al. 2013; Qaraei et al. 2021). With the logistic loss that is softplus(z) - z/p, which is
         * convex; with the squared hinge it has no lower bound.
         */
        UNBIASED
    }

    public ObjectiveConfig {
        Require.that(positiveWeight > 0 && Float.isFinite(positiveWeight), "positiveWeight", "above 0", positiveWeight);
        Require.that(negativeWeight > 0 && Float.isFinite(negativeWeight), "negativeWeight", "above 0", negativeWeight);
        Require.that(propensityA > 0 && Double.isFinite(propensityA), "propensityA", "above 0", propensityA);
        Require.that(propensityB > 0 && Double.isFinite(propensityB), "propensityB", "above 0", propensityB);
    }

    /** @throws IllegalArgumentException when the weighting would leave this loss without a lower bound */
    public void check(Loss loss) {
        Require.that(
                weighting != Weighting.UNBIASED || loss == Loss.LOGISTIC,
                "weighting",
                "none or propensity with loss squared-hinge, which unbiased would leave without a lower bound",
                "unbiased");
    }
}
