package dev.longtail.direct;

import dev.longtail.config.Require;

/**
 * The scorer of one label as numbers: bias + sum over features of weight times value.
 *
 * @param features distinct, those that {@link DirectArm#scorer} gives ascend
 * @param weights parallel to {@code features}
 */
public record DirectScorer(int[] features, float[] weights, float bias) {

    public DirectScorer {
        Require.that(weights.length == features.length, "weights", "one for each feature", weights.length);
    }
}
