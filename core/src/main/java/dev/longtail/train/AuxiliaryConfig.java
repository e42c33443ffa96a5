package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.output.OutputConfig;

/**
 * The auxiliary objective (SPARTEX 2.5): a dense head learns which clusters of labels an example belongs to, so that
 * the input table gets a clear gradient before the sparse layer can give one. What is minimised is
 * (1 - s) main + s auxiliary, with s = weight (1 + cos(pi t / T)) / 2 at step t = 0, 1, ... and s = 0 from T on.
 *
 * @param weight s at the first step, in [0, 1); 0 for no head
 * @param cutoff T as a share of the run's steps, above 0
 * @param normalisation of the head's loss
 * @param optimizer rule of the head
 */
public record AuxiliaryConfig(
        @Setting("share of the auxiliary objective at the first step, in [0, 1); 0 turns it off; needs output.order"
                + " clusters or random-clusters")
        float weight,

        @Setting("share of all steps after which the auxiliary objective has faded to nothing, above 0; far above 1 its"
                + " weight hardly changes")
        float cutoff,

        @Setting("loss of the auxiliary objective: sum over clusters, mean over clusters, or balanced (mean times the"
                + " number of labels)")
        Normalisation normalisation,

        OptimizerConfig optimizer) {

    /** What the loss of one example is; the loss of a batch is the mean over its examples. */
    public enum Normalisation {
        /** Sum over clusters. */
        SUM,
        /** Mean over clusters. */
        MEAN,
        /**
         * Mean over clusters times the number of labels. Next to a main loss that is a sum over labels, this stands
         * where means over clusters and over labels stand next to each other, as in SPARTEX.
         */
        BALANCED
    }

    /**
     * No auxiliary objective; with a weight of 0.4 the other settings are good ones. What it is worth depends: 0.2 to 2
     * points of validation P@1 on a generated set of 101,420 labels, nothing on 120,000 documents of finna-yso-en, and
     * less than a warm-up of the learning rates (bench/results/spartex-findings.md). A heavier objective harms row-wise
     * AdaGrad, which does not forget its gradients: on 40,000 documents of finna-yso-en, fan-in 32 of 512, 2 epochs,
     * sum with weight 0.8 gave 15.1, balanced with 0.4 gave 4.4 % in place of 18.
     */
    public static final AuxiliaryConfig OFF = new AuxiliaryConfig(
            0, 0.5f, Normalisation.MEAN, OptimizerConfig.of(OptimizerConfig.Kind.ROW_ADAGRAD, 0.02f));

    public AuxiliaryConfig {
        Require.that(weight >= 0 && weight < 1, "auxiliary.weight", "in [0, 1)", weight);
        Require.that(cutoff > 0 && Float.isFinite(cutoff), "cutoff", "above 0", cutoff);
    }

    /** @throws IllegalArgumentException when there is a head, but labels have no clusters */
    void check(OutputConfig output) {
        Require.that(
                weight == 0 || output.isOrdered(),
                "auxiliary.weight",
                "0 when output.order is numbers; set output.order to clusters or random-clusters",
                weight);
    }

    /** s at a step of a run of {@code steps} steps, the first being 1. */
    float weightAt(long step, long steps) {
        double t = (step - 1) / (cutoff * (double) steps);
        return t < 1 ? (float) (weight * (1 + Math.cos(Math.PI * t)) / 2) : 0;
    }

    /** What the sum over clusters is multiplied with. */
    double scale(int clusters, int labels) {
        return switch (normalisation) {
            case SUM -> 1;
            case MEAN -> 1.0 / clusters;
            case BALANCED -> (double) labels / clusters;
        };
    }
}
