package dev.longtail.association;

import dev.longtail.config.Require;

/**
 * Numbers of one label for features.
 *
 * @param features ascending and distinct
 * @param values parallel to {@code features}
 */
public record AssociationRow(int[] features, float[] values) {

    public AssociationRow {
        Require.that(values.length == features.length, "values", "one for each feature", values.length);
    }
}
