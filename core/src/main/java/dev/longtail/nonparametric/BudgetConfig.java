package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.List;

/**
 * How the number of anchors is learned: Algorithm 2 of Liang et al., "Anchor and Transform" (ICLR 2021), nbANT. After
 * each epoch the objective is computed on validation examples; while it falls anchors are added, while it rises they are
 * taken away, otherwise their number stays.
 *
 * @param start anchors at first, from floor to cap
 * @param step anchors that come or go at once, at least 1
 * @param cap most anchors
 * @param floor fewest anchors, at least 1
 * @param sharing whether several tables go together
 * @param objective what is computed
 */
public record BudgetConfig(
        @Setting("anchors at first, from floor to cap") int start,

        @Setting("anchors that come or go after an epoch, at least 1")
        int step,

        @Setting("most anchors of a table, at least floor") int cap,

        @Setting("fewest anchors of a table, at least 1") int floor,

        @Setting("several tables: tied have the same number of anchors, which one objective of all decides; independent"
                + " decide each by the loss and its own anchors and non-zeros")
        Sharing sharing,

        AnchorObjective objective) {

    /** Table 10 for MovieLens 1M, with lambda1 and lambda2 of Table 14. */
    public static final BudgetConfig DEFAULT =
            new BudgetConfig(10, 1, 100, 1, Sharing.TIED, new AnchorObjective(0.01, 1e-4));

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
        Require.that(cap >= floor, "cap", "at least floor, " + floor, cap);
        Require.that(start >= floor && start <= cap, "start", "from floor to cap, " + floor + " to " + cap, start);
    }

    /**
     * Lines 10 to 16 of Algorithm 2. Anchors are added as long as there are fewer than three values to tell a trend
     * from, as in the authors' program. Nothing damps the rule: the paper has none, and near the best number it goes
     * a step or two up and down.
     *
     * @param anchors K now, from floor to cap
     * @param history values of the objective after each epoch so far, the latest last
     * @return what is added to K: step, 0 or -step, less where that would leave the range from floor to cap
     */
    public int change(int anchors, List<Double> history) {
        Require.that(
                anchors >= floor && anchors <= cap, "anchors", "from floor to cap, " + floor + " to " + cap, anchors);
        return switch (Trend.of(history)) {
            case UNKNOWN, FALLING -> Math.min(step, cap - anchors);
            case RISING -> -Math.min(step, anchors - floor);
            case LEVEL -> 0;
        };
    }
}
