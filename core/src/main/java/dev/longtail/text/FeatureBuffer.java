package dev.longtail.text;

import java.util.Arrays;

/** Sparse features of one text, a reusable buffer. Arrays may be longer than their count. */
public final class FeatureBuffer {

    /** Feature ids, ascending and distinct: the first {@link #count} entries. */
    public int[] features = new int[64];

    /** Weight of each feature, parallel to {@link #features}. */
    public float[] weights = new float[64];

    public int count;

    void append(int feature) {
        if (count == features.length) {
            features = Arrays.copyOf(features, Math.multiplyExact(2, count));
        }
        features[count++] = feature;
    }

    void fitWeights() {
        if (weights.length < count) {
            weights = new float[features.length];
        }
    }
}
