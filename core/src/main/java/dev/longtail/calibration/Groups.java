package dev.longtail.calibration;

import java.util.function.IntUnaryOperator;

/**
 * Suggestions cut into groups.
 *
 * @param order suggestions, group after group
 * @param starts int[groups + 1]: those of group g are order[i] for i from starts[g] to below starts[g + 1]
 */
record Groups(int[] order, int[] starts) {

    /**
     * Groups suggestions, keeping their order within a group.
     *
     * @param order suggestions in any order
     * @param groups number of groups
     * @param groupOf the group of a suggestion, from 0
     */
    static Groups of(int[] order, int groups, IntUnaryOperator groupOf) {
        int[] starts = new int[groups + 1];
        for (int suggestion : order) {
            starts[groupOf.applyAsInt(suggestion) + 1]++;
        }
        for (int group = 1; group <= groups; group++) {
            starts[group] += starts[group - 1];
        }
        int[] next = starts.clone();
        int[] grouped = new int[order.length];
        for (int suggestion : order) {
            grouped[next[groupOf.applyAsInt(suggestion)]++] = suggestion;
        }
        return new Groups(grouped, starts);
    }

    /** Number of groups. */
    int size() {
        return starts.length - 1;
    }

    /** Number of suggestions in a group. */
    int suggestions(int group) {
        return starts[group + 1] - starts[group];
    }
}
