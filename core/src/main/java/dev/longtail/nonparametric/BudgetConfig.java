package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.List;

/**
 * How the number of anchors is learned: Algorithm 2 of Liang et al., "Anchor and Transform" (ICLR 2021), nbANT. After
 * each epoch the objective is computed on validation examples, and its trend decides whether anchors come or go.
 *
 * @param start anchors at first, from floor to cap
 * @param step anchors that come or go at once, at least 1
 * @param cap most anchors
 * @param floor fewest anchors, at least 1
 * @param rule what a trend leads to
 * @param tolerance relative fall of the objective in an epoch below which it has settled, for that rule
 * @param sharing whether several tables go together
 * @param objective what is computed
 */
public record BudgetConfig(
        @Setting("anchors at first, from floor to cap") int start,

        @Setting("anchors that come or go after an epoch, at least 1")
        int step,

        @Setting("most anchors of a table, at least floor") int cap,

        @Setting("fewest anchors of a table, at least 1") int floor,

        @Setting("what the objective leads to: paper adds anchors while it falls and removes some while it rises;"
                + " directed goes on while it falls, adding or removing, and turns round when it rises; settled waits"
                + " until it falls no more, tries the neighbouring numbers and stays where it is lowest")
        Rule rule,

        @Setting("rule settled: share of the objective by which it must fall in an epoch for the number to wait, at"
                + " least 0")
        double tolerance,

        @Setting("several tables: tied have the same number of anchors, which one objective of all decides; independent"
                + " decide each by the loss and its own anchors and non-zeros")
        Sharing sharing,

        AnchorObjective objective) {

    /** Table 10 for MovieLens 1M, with lambda1 and lambda2 of Table 14. */
    public static final BudgetConfig DEFAULT =
            new BudgetConfig(10, 1, 100, 1, Rule.PAPER, Sharing.TIED, new AnchorObjective(0.01, 1e-4));

    private static final double USUAL_TOLERANCE = 1e-3;

    /** Settings with the usual tolerance. */
    public BudgetConfig(
            int start, int step, int cap, int floor, Rule rule, Sharing sharing, AnchorObjective objective) {
        this(start, step, cap, floor, rule, USUAL_TOLERANCE, sharing, objective);
    }

    /** What a trend of the objective leads to. */
    public enum Rule {
        /**
         * Lines 10 to 16 of Algorithm 2: anchors are added while the objective falls and removed while it rises. It
         * does not ask what made it fall. Where training does, as in the first epochs, the number grows until more
         * anchors no longer pay; but where removing anchors did, the rule adds them again, so that it does not come
         * down from a number above the best.
         */
        PAPER,
        /** Our own: while the objective falls the last change is repeated, when it rises it is taken back. */
        DIRECTED,
        /** Our own: numbers are compared when the objective has settled, see {@link NeighbourSearch}. */
        SETTLED
    }

    /** Whether several tables go together. */
    public enum Sharing {
        /** All tables have the same number of anchors (Appendix J.4). */
        TIED,
        /** Each table has a number of its own. */
        INDEPENDENT
    }

    public BudgetConfig {
        Require.that(step >= 1, "step", "at least 1", step);
        Require.that(floor >= 1, "floor", "at least 1", floor);
        Require.that(tolerance >= 0 && Double.isFinite(tolerance), "tolerance", "at least 0", tolerance);
        Require.that(cap >= floor, "cap", "at least floor, " + floor, cap);
        Require.that(start >= floor && start <= cap, "start", "from floor to cap, " + floor + " to " + cap, start);
    }

    /**
     * Decides after an epoch. By trend, anchors are added as long as there are fewer than three values to tell one
     * from,
     * as in the authors' program. Nothing damps the rules of trends, the paper has no damping: near the best number
     * they go a step
     * or two up and down.
     *
     * @param anchors K of each epoch so far, at least one, the last being that of now, from floor to cap
     * @param history values of the objective after these epochs
     * @return what is added to K: step, 0 or -step, less where that would leave the range from floor to cap
     */
    public int change(List<Integer> anchors, List<Double> history) {
        Require.that(
                !anchors.isEmpty() && anchors.size() == history.size(),
                "values of the objective",
                "as many as numbers of anchors, " + anchors.size() + ", and at least 1",
                history.size());
        int now = anchors.get(anchors.size() - 1);
        Require.that(now >= floor && now <= cap, "anchors", "from floor to cap, " + floor + " to " + cap, now);
        if (rule == Rule.SETTLED) {
            return new NeighbourSearch(this, anchors, history).next() - now;
        }
        int forward = rule == Rule.PAPER ? 1 : direction(anchors);
        int direction = switch (Trend.of(history)) {
            case UNKNOWN -> 1;
            case FALLING -> forward;
            case RISING -> -forward;
            case LEVEL -> 0;
        };
        return Math.max(floor, Math.min(cap, now + direction * step)) - now;
    }

    /** Where the last change went: 1 up, also when there was none yet, or -1 down. */
    private static int direction(List<Integer> anchors) {
        for (int epoch = anchors.size() - 1; epoch > 0; epoch--) {
            int change = anchors.get(epoch) - anchors.get(epoch - 1);
            if (change != 0) {
                return change > 0 ? 1 : -1;
            }
        }
        return 1;
    }
}
