package dev.longtail.metrics;

import dev.longtail.config.Require;

/** What the first k ranks of all examples were worth for each label on its own. */
public final class PerLabel {

    private final int k;
    private final int[] truths; // by label, as the others
    private final int[] suggested;
    private final int[] right;

    /**
     * The arrays are by label and all of one length.
     *
     * @param k         ranks that count as suggested, at least 1
     * @param truths    examples the label is true of
     * @param suggested examples it was among the first k for
     * @param right     examples both hold for
     */
    public PerLabel(int k, int[] truths, int[] suggested, int[] right) {
        Require.that(k >= 1, "k", "at least 1", k);
        Require.that(
                suggested.length == truths.length && right.length == truths.length,
                "suggested and right",
                "as long as truths (" + truths.length + ")",
                suggested.length + " and " + right.length);
        this.k = k;
        this.truths = truths.clone();
        this.suggested = suggested.clone();
        this.right = right.clone();
    }

    /** Ranks that count as suggested. */
    public int k() {
        return k;
    }

    /** Number of labels. */
    public int labels() {
        return truths.length;
    }

    /** Examples the label is true of. */
    public int truths(int label) {
        return truths[label];
    }

    /** Examples the label was among the first k for. */
    public int suggested(int label) {
        return suggested[label];
    }

    /** Examples the label was among the first k for and is true of. */
    public int right(int label) {
        return right[label];
    }

    /** right / suggested; NaN for a label that was never suggested. */
    public double precision(int label) {
        return (double) right[label] / suggested[label];
    }

    /** right / truths; NaN for a label that is true of no example. */
    public double recall(int label) {
        return (double) right[label] / truths[label];
    }

    /**
     * 2 right / (suggested + truths), the harmonic mean of precision and recall; NaN for a label that was neither true
     * nor suggested. Macro-F1 counts such a label as 0.
     */
    public double f1(int label) {
        return 2.0 * right[label] / ((double) suggested[label] + truths[label]);
    }

    /** Whether the label was true or suggested at least once. */
    public boolean occurs(int label) {
        return truths[label] > 0 || suggested[label] > 0;
    }
}
