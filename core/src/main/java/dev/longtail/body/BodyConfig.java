package dev.longtail.body;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * The body between input table and output layer.
 *
 * @param dropout share of the bags' values set to zero while training, in [0, 1)
 * @param intermediate units of the ReLU layer, 0 for none
 */
public record BodyConfig(
        @Setting("share of the bags' values that are set to zero in a training step, in [0, 1)")
        float dropout,

        @Setting("units of the normalised ReLU layer between bag and output layer; 0 for none")
        int intermediate) {

    public BodyConfig {
        Require.that(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        Require.that(intermediate >= 0, "intermediate", "at least 0", intermediate);
    }

    /** A new body of zeros over bags of {@code dimension} values. */
    public Body newBody(int dimension) {
        return new Body(dimension, intermediate);
    }
}
