package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import java.util.Arrays;

/**
 * Features are numbered in the files themselves.
 *
 * @param size        number of features, ids 0 to size - 1
 * @param l2Normalise divide the values of an example by their Euclidean length
 * @param factors     what the values of each feature are multiplied by before that, float[size]; empty for nothing
 */
public record NumericFeatureSpace(int size, boolean l2Normalise, float[] factors) implements FeatureSpace {

    public NumericFeatureSpace {
        Require.that(size >= 1, "number of features", "at least 1", size);
        Require.that(factors.length == 0 || factors.length == size, "factors", "none or " + size, factors.length);
        for (int feature = 0; feature < factors.length; feature++) {
            float factor = factors[feature];
            Require.that(factor >= 0 && factor <= Float.MAX_VALUE, "factor " + feature, "finite, at least 0", factor);
        }
    }

    /** Values count as they are. */
    public NumericFeatureSpace(int size, boolean l2Normalise) {
        this(size, l2Normalise, new float[0]);
    }

    /**
     * Values are multiplied by a power of idf = ln((1 + N) / (1 + df)) + 1, the smooth inverse document frequency of
     * {@link dev.longtail.text.TextFeatures}.
     *
     * @param frequencies examples that have each feature, int[size]
     * @param examples N
     */
    static NumericFeatureSpace weighted(boolean l2Normalise, int[] frequencies, int examples, float power) {
        float[] factors = new float[frequencies.length];
        for (int feature = 0; feature < factors.length; feature++) {
            double idf = StrictMath.log((1.0 + examples) / (1.0 + frequencies[feature])) + 1;
            factors[feature] = (float) StrictMath.pow(idf, power);
        }
        return new NumericFeatureSpace(factors.length, l2Normalise, factors);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumericFeatureSpace space
                && size == space.size
                && l2Normalise == space.l2Normalise
                && Arrays.equals(factors, space.factors);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * size + Boolean.hashCode(l2Normalise)) + Arrays.hashCode(factors);
    }

    @Override
    public String toString() {
        return size + " numbered features" + (factors.length == 0 ? "" : ", weighted");
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
            float factor = factors.length == 0 ? 1 : factors[example.features[i]];
            float value = factor * example.values[i];
            if (value != 0) { // a value of zero says the same as no feature
                into.features[into.featureCount] = example.features[i];
                into.weights[into.featureCount++] = value;
                squares += (double) value * value;
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
