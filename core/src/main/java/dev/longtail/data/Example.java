package dev.longtail.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One example as ids; a reusable buffer that {@link Examples#read} fills. Arrays may be longer than their counts. */
public final class Example {

    /** Feature ids, ascending and distinct: the first {@link #featureCount} entries. */
    public int[] features = new int[32];

    /** Weight of each feature, parallel to {@link #features}. */
    public float[] weights = new float[32];

    public int featureCount;

    /** Label ids, ascending and distinct: the first {@link #labelCount} entries. */
    public int[] labels = new int[8];

    public int labelCount;

    /** True labels of the example that the label set does not hold: recall has to count them as missed. */
    public int unknownLabels;

    /** Bytes of the example in a store, scratch of {@link ExampleStore#read}. */
    ByteBuffer bytes = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    /** Makes the feature arrays at least this long; their content is lost when they grow. */
    public void ensureFeatures(int count) {
        if (features.length < count) {
            int length = Math.max(count, 2 * features.length);
            features = new int[length];
            weights = new float[length];
        }
    }

    /** Makes the label array at least this long; its content is lost when it grows. */
    public void ensureLabels(int count) {
        if (labels.length < count) {
            labels = new int[Math.max(count, 2 * labels.length)];
        }
    }
}
