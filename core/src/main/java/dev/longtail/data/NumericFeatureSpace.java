package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;

/**
 * Features are numbered in the files themselves.
 *
 * @param size        number of features, ids 0 to size - 1
 * @param l2Normalise divide the values of an example by their Euclidean length
 */
public record NumericFeatureSpace(int size, boolean l2Normalise) implements FeatureSpace {

    public NumericFeatureSpace {
        Require.that(size >= 1, "number of features", "at least 1", size);
    }

    @Override
    public String name(int feature) {
        return Integer.toString(feature);
    }

    @Override
    public FeatureEncoder newEncoder() {
        return this::encode;
    }

    private void encode(RawExample example, Example into) {
        if (example.text != null) {
            throw new InputException(
                    example.source,
                    example.line,
                    "holds a text, the model was trained on numbered features; give it xc");
        }
        if (example.declaredFeatures != size) {
            throw new InputException(
                    example.source,
                    example.line,
                    "the header declares " + example.declaredFeatures + " features, the model has " + size);
        }
        into.ensureFeatures(example.featureCount);
        into.featureCount = 0;
        double squares = 0;
        for (int i = 0; i < example.featureCount; i++) {
            // A value of zero says the same as no feature.
            if (example.values[i] != 0) {
                into.features[into.featureCount] = example.features[i];
                into.weights[into.featureCount++] = example.values[i];
                squares += (double) example.values[i] * example.values[i];
            }
        }
        if (l2Normalise && squares > 0) {
            double scale = 1 / Math.sqrt(squares);
            for (int i = 0; i < into.featureCount; i++) {
                into.weights[i] = (float) (into.weights[i] * scale);
            }
        }
    }
}
