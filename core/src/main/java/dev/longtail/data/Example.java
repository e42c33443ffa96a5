package dev.longtail.data;

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
}
