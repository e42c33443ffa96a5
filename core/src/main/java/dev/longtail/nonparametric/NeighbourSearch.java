package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import java.util.List;

/**
 * Where the number of anchors goes from epoch to epoch when numbers are compared, not followed: a step of Algorithm 2
 * adds an anchor because the objective falls, but it falls after every change, while the anchors learn to do with what
 * changed, and in the first epochs whatever changes. So
 *
 * <ol>
 *   <li>anchors that went and left the objective below what it was before are followed by more at once;
 *   <li>else a number is left only when its objective has settled, which is when it fell by less than a share of itself
 *       in the last epoch: for a neighbouring number, a step below or above, that had a lower objective when it was
 *       tried;
 *   <li>else for a neighbour that has not been tried, the one below first. Training goes on, so what was tried counts
 *       as untried again after some epochs, twice as many for each time that it was tried.
 * </ol>
 *
 * <p>The objective of a number is the lowest of the epochs in which it was there last.
 */
final class NeighbourSearch {

    private static final int MEMORY = 15;
    private static final double UNTRIED = Double.NaN;
    private static final double OUTSIDE = Double.POSITIVE_INFINITY;

    private final BudgetConfig config;
    private final List<Integer> anchors;
    private final List<Double> history;
    private final int last;
    private final int now;

    /**
     * A search on its way.
     *
     * @param anchors K of each epoch so far, at least one, the last being that of now
     * @param history values of the objective after these epochs
     */
    NeighbourSearch(BudgetConfig config, List<Integer> anchors, List<Double> history) {
        this.config = config;
        this.anchors = anchors;
        this.history = history;
        this.last = anchors.size() - 1;
        this.now = anchors.get(last);
        Require.that(Double.isFinite(history.get(last)), "objective", "finite", history.get(last));
    }

    /** The number for the next epoch. */
    int next() {
        int above = Math.min(config.cap(), now + config.step());
        int below = Math.max(config.floor(), now - config.step());
        double ofAbove = above == now ? OUTSIDE : tried(above);
        double ofBelow = below == now ? OUTSIDE : tried(below);
        if (Double.isNaN(ofBelow) && isBetterThanMore()) {
            return below;
        }
        if (!isSettled()) {
            return now;
        }
        double own = lowest(now);
        if (ofBelow < own || ofAbove < own) {
            return ofAbove < own && !(ofBelow <= ofAbove) ? above : below;
        }
        if (Double.isNaN(ofBelow)) {
            return below;
        }
        return Double.isNaN(ofAbove) ? above : now;
    }

    /** Whether anchors went to get to this number, and the objective is lower than before. */
    private boolean isBetterThanMore() {
        int before = start(last) - 1;
        return before >= 0 && anchors.get(before) > now && history.get(last) < lowest(anchors.get(before));
    }

    /** Whether the last two epochs had the same number and about the same objective, or a higher one. */
    private boolean isSettled() {
        if (start(last) == last) {
            return false;
        }
        double value = history.get(last);
        return history.get(last - 1) - value < config.tolerance() * Math.abs(value);
    }

    /** First of the epochs up to this one that had its number without a break. */
    private int start(int epoch) {
        int start = epoch;
        while (start > 0 && anchors.get(start - 1).equals(anchors.get(epoch))) {
            start--;
        }
        return start;
    }

    /** The lowest objective of a number if it was tried not long ago, else {@link #UNTRIED}. */
    private double tried(int number) {
        int memory = MEMORY;
        for (int epoch = 0; epoch <= last; epoch++) {
            boolean left = anchors.get(epoch) == number && (epoch == last || anchors.get(epoch + 1) != number);
            memory *= left && epoch < anchors.lastIndexOf(number) ? 2 : 1;
        }
        int end = anchors.lastIndexOf(number);
        return end < 0 || end < last - memory ? UNTRIED : lowest(number);
    }

    /** The lowest objective of a number in the epochs in which it was there last. */
    private double lowest(int number) {
        int end = anchors.lastIndexOf(number);
        return history.subList(start(end), end + 1).stream()
                .min(Double::compare)
                .orElseThrow();
    }
}
