package dev.longtail.calibration;

import java.util.Arrays;

/** Held-out suggestions and their probabilities to {@link Fronts}. */
final class FrontBuilder {

    private final HeldOut heldOut;
    private final float[] probabilities; // by suggestion
    private float[] thresholds = new float[64];
    private int[] given = new int[64];
    private int[] right = new int[64];
    private int size;

    private FrontBuilder(HeldOut heldOut, float[] probabilities) {
        this.heldOut = heldOut;
        this.probabilities = probabilities;
    }

    /**
     * Fronts of all labels and of those with enough evidence.
     *
     * @param probabilities of the suggestions, parallel to them
     * @param evidence right suggestions that a label needs for a front of its own, at least 1
     */
    static Fronts build(HeldOut heldOut, float[] probabilities, int evidence) {
        return new FrontBuilder(heldOut, probabilities).build(evidence);
    }

    private Fronts build(int evidence) {
        int labels = heldOut.labels();
        int[] order = Ascending.order(probabilities, heldOut.size());
        Groups groups = Groups.of(order, labels, heldOut::label);
        int[] starts = groups.starts();
        int[] owners = new int[labels];
        int[] truths = new int[labels + 1];
        int[] ends = new int[labels + 1];
        add(order, 0, order.length);
        truths[Fronts.ALL] = heldOut.allTruths();
        ends[Fronts.ALL] = size;
        int count = 0;
        for (int label = 0; label < labels; label++) {
            if (rightOnes(groups.order(), starts[label], starts[label + 1]) >= evidence) {
                owners[count++] = label;
                add(groups.order(), starts[label], starts[label + 1]);
                truths[count] = heldOut.truths(label);
                ends[count] = size;
            }
        }
        return new Fronts(
                new Fronts.Index(
                        Arrays.copyOf(owners, count), Arrays.copyOf(truths, count + 1), Arrays.copyOf(ends, count + 1)),
                new Fronts.Points(
                        Arrays.copyOf(thresholds, size), Arrays.copyOf(given, size), Arrays.copyOf(right, size)));
    }

    private int rightOnes(int[] suggestions, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += heldOut.isRight(suggestions[i]) ? 1 : 0;
        }
        return count;
    }

    /** Adds the front of some suggestions, which come in the order of their probabilities. */
    private void add(int[] suggestions, int from, int to) {
        int first = size;
        int left = rightOnes(suggestions, from, to);
        float before = Float.NaN;
        for (int i = from; i < to && left > 0; i++) {
            float probability = probabilities[suggestions[i]];
            if (probability != before) {
                offer(first, between(before, probability), to - i, left);
                before = probability;
            }
            left -= heldOut.isRight(suggestions[i]) ? 1 : 0;
        }
    }

    /**
     * The threshold halfway down to the next lower probability, so that suggestions a little less probable than any
     * right one so far are not all left out.
     *
     * @param below NaN when there is none
     */
    private static float between(float below, float probability) {
        float middle = (float) (((double) below + probability) / 2);
        return middle > below ? middle : probability;
    }

    /** Takes a threshold above all that were taken, if its precision is higher; one with no more right ones goes. */
    private void offer(int first, float threshold, int suggestions, int rightOnes) {
        int last = size - 1;
        if (size > first && (long) rightOnes * given[last] <= (long) right[last] * suggestions) {
            return;
        }
        if (size > first && right[last] == rightOnes) {
            size--;
        }
        if (size == given.length) {
            thresholds = Arrays.copyOf(thresholds, 2 * size);
            given = Arrays.copyOf(given, 2 * size);
            right = Arrays.copyOf(right, 2 * size);
        }
        thresholds[size] = threshold;
        given[size] = suggestions;
        right[size++] = rightOnes;
    }
}
