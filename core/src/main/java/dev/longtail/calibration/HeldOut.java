package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a model suggests for examples it has not learned from, and whether it is right: eleven bytes a suggestion, four
 * a label. Filled and read by one thread.
 */
public final class HeldOut {

    private final int[] truths; // by label
    private int allTruths;
    private int size;
    private float[] scores = new float[1024];
    private int[] labels = new int[1024];
    private char[] rank = new char[1024];
    private boolean[] right = new boolean[1024];

    /** @param labels number of labels of the model, at least 1 */
    public HeldOut(int labels) {
        Require.that(labels >= 1, "labels", "at least 1", labels);
        this.truths = new int[labels];
    }

    /**
     * Adds the suggestions for one example. An example without any true label is left out: nobody has said what is true
     * of it.
     *
     * @param suggested labels, best first, in the first {@code count} entries, at most 65,536
     * @param suggestedScores their scores, finite
     * @param example whose labels are the true ones
     */
    public void add(int[] suggested, float[] suggestedScores, int count, Example example) {
        int known = example.labelCount;
        if (known + example.unknownLabels == 0) {
            return;
        }
        ensure(Math.addExact(size, count));
        for (int i = 0; i < count; i++) {
            Objects.checkIndex(suggested[i], truths.length);
            Require.that(Float.isFinite(suggestedScores[i]), "a score", "finite", suggestedScores[i]);
            labels[size] = suggested[i];
            rank[size] = (char) i;
            scores[size] = suggestedScores[i];
            right[size] = Arrays.binarySearch(example.labels, 0, known, suggested[i]) >= 0;
            size++;
        }
        for (int i = 0; i < known; i++) {
            truths[example.labels[i]]++;
        }
        allTruths = Math.addExact(allTruths, Math.addExact(known, example.unknownLabels));
    }

    private void ensure(int capacity) {
        if (capacity > labels.length) {
            int length = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(capacity, 2L * labels.length));
            scores = Arrays.copyOf(scores, length);
            labels = Arrays.copyOf(labels, length);
            rank = Arrays.copyOf(rank, length);
            right = Arrays.copyOf(right, length);
        }
    }

    /** Number of suggestions. */
    public int size() {
        return size;
    }

    /**
     * What a suggestion counts when a curve is learned: one over its place. The many suggestions far down are nearly
     * all wrong; counted in full they would bend the curve for scores that the first ones of other examples have.
     */
    double weight(int suggestion) {
        return 1.0 / (rank[suggestion] + 1);
    }

    /** Weight of some suggestions, or of the right ones among them. */
    double weight(int[] suggestions, boolean onlyRight) {
        double sum = 0;
        for (int i : suggestions) {
            sum += right[i] || !onlyRight ? weight(i) : 0;
        }
        return sum;
    }

    /** Number of labels of the model. */
    int labels() {
        return truths.length;
    }

    float score(int suggestion) {
        return scores[suggestion];
    }

    int label(int suggestion) {
        return labels[suggestion];
    }

    /** Place among the suggestions of its example, from 0. */
    int rank(int suggestion) {
        return rank[suggestion];
    }

    boolean isRight(int suggestion) {
        return right[suggestion];
    }

    /** Examples that carry a label. */
    int truths(int label) {
        return truths[label];
    }

    /** True labels of all examples, with those that the model does not know. */
    int allTruths() {
        return allTruths;
    }

    /** Suggestions in the order of their scores, from the lowest. */
    int[] byScore() {
        return Ascending.order(scores, size);
    }
}
