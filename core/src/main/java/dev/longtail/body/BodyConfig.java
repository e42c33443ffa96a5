package dev.longtail.body;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The body between input table and output layer.
 *
 * @param dropout share of the bags' values set to zero while training, in [0, 1)
 * @param intermediate units of the intermediate layer, 0 for none
 * @param intermediateFanIn connections of each of its units, 0 for all inputs
 * @param activation of its units
 * @param normalisation of its inputs
 * @param rewireIntermediate whether its connections move as those of the output layer do
 * @param ablation gamma of neuron ablation (SRigL: Lasby et al., ICLR 2024), in [0, 1], 0 for none: when connections
 *     moved, units with fewer salient weights than gamma times their fan-in are given up, and the others share their
 *     slots
 */
public record BodyConfig(
        @Setting("share of the bags' values that are set to zero in a training step, in [0, 1)")
        float dropout,

        @Setting("units of the intermediate layer between bag and output layer; 0 for none")
        int intermediate,

        @Setting("connections of each unit of the intermediate layer, at most the dimension; 0 for all inputs")
        int intermediateFanIn,

        @Setting("activation of the intermediate layer: relu or linear")
        Activation activation,

        @Setting("normalisation of what enters the intermediate layer: layer (mean 0, variance 1 over the values of an"
                + " example) or none")
        Normalisation normalisation,

        @Setting("whether connections of the intermediate layer move, by the rule of the output layer; needs"
                + " intermediateFanIn")
        boolean rewireIntermediate,

        @Setting("units of the intermediate layer with fewer salient weights than this share of their fan-in are given"
                + " up at a rewire and leave their connections to the others, in [0, 1]; 0 for never; needs"
                + " rewireIntermediate")
        float ablation) {

    /** Most slots of the intermediate layer: 1.6 GB of weights and indices. */
    private static final long MOST_SLOTS = 1L << 28;

    /** Ways of preparing the inputs of the intermediate layer. */
    public enum Normalisation {
        /** Over the values of an example: mean 0, variance 1. */
        LAYER,
        /** The bags as they are. */
        NONE
    }

    public BodyConfig {
        Require.that(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        Require.that(intermediate >= 0, "intermediate", "at least 0", intermediate);
        Require.that(intermediateFanIn >= 0, "intermediateFanIn", "at least 0", intermediateFanIn);
        Require.that(
                intermediateFanIn == 0 || intermediate > 0,
                "intermediateFanIn",
                "0 without an intermediate layer; set intermediate",
                intermediateFanIn);
        Require.that(
                (long) intermediate * intermediateFanIn <= MOST_SLOTS,
                "intermediateFanIn",
                "at most " + MOST_SLOTS + " / intermediate",
                intermediateFanIn);
        Require.that(
                !rewireIntermediate || intermediateFanIn > 0,
                "rewireIntermediate",
                "false without intermediateFanIn",
                rewireIntermediate);
        Require.that(ablation >= 0 && ablation <= 1, "ablation", "in [0, 1]", ablation);
        Require.that(ablation == 0 || rewireIntermediate, "ablation", "0 without rewireIntermediate", ablation);
    }

    /** No intermediate layer, or a dense one with normalisation and ReLU. */
    public BodyConfig(float dropout, int intermediate) {
        this(dropout, intermediate, 0, Activation.RELU, Normalisation.LAYER, false, 0);
    }

    /** A new body of zeros over bags of {@code dimension} values. */
    public Body newBody(int dimension) {
        return new BagBody(dimension, this);
    }

    /** The intermediate layer over {@code inputs} values. */
    Layer newLayer(int inputs) {
        return intermediateFanIn == 0
                ? new DenseLayer(intermediate, inputs)
                : new FanInLayer(intermediate, inputs, intermediateFanIn, ablation);
    }
}
