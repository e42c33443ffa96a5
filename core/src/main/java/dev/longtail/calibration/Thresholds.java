package dev.longtail.calibration;

import dev.longtail.config.Require;
import java.util.Arrays;

/** The lowest probability that a suggestion must have: one for all labels, other ones for some. */
public final class Thresholds {

    private final float ofAll;
    private final int[] labels;
    private final float[] own;

    /**
     * @param labels those with a threshold of their own, ascending
     * @param own    threshold of each of them; infinite for a label that is never to be suggested
     */
    Thresholds(float ofAll, int[] labels, float[] own) {
        this.ofAll = ofAll;
        this.labels = labels;
        this.own = own;
    }

    /**
     * One threshold for all labels.
     *
     * @param probability from 0 to 1
     */
    public static Thresholds atLeast(double probability) {
        Require.that(probability >= 0 && probability <= 1, "the least probability", "from 0 to 1", probability);
        return new Thresholds((float) probability, new int[0], new float[0]);
    }

    /** Threshold of the labels without one of their own. */
    public float ofAll() {
        return ofAll;
    }

    /** Threshold of a label; infinite when it is never to be suggested. */
    public float of(int label) {
        int place = Arrays.binarySearch(labels, label);
        return place < 0 ? ofAll : own[place];
    }

    /** Number of labels with a threshold of their own. */
    public int labels() {
        return labels.length;
    }

    /** Whether a suggestion stays. */
    public boolean keeps(int label, double probability) {
        return (float) probability >= of(label); // thresholds are probabilities that were rounded the same way
    }
}
