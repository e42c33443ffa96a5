package dev.longtail.output;

import dev.longtail.config.Require;

/**
 * What one label has in the output layer: score = bias + sum over i of weights[i] * z[inputs[i]], with the numbers z
 * that {@link LabelRowEditor#inputs(float[])} gives for an example.
 *
 * @param inputs distinct
 * @param weights parallel to {@code inputs}, finite
 */
public record OutputRow(float bias, int[] inputs, float[] weights) {

    public OutputRow {
        Require.that(weights.length == inputs.length, "weights", "one for each input", weights.length);
    }
}
