package dev.longtail.plan;

import dev.longtail.config.Settings;
import dev.longtail.plan.FittedPlan.Change;
import dev.longtail.train.LabelConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Lets settings spend less, one step of one of them after the other: each time that which takes most off what is too
 * much for what it costs in quality. A setting that has been lowered already costs more the next time.
 */
final class BudgetFit {

    /** What a step must take off at least, as a share of the budget. */
    private static final double LEAST = 1e-4;

    private final LabelConfig start;
    private final Set<String> held;

    /** @param held paths of settings that keep their values */
    BudgetFit(LabelConfig start, Set<String> held) {
        this.start = start;
        this.held = Set.copyOf(held);
    }

    /**
     * Settings that fit.
     *
     * @param config to go on from
     * @param planner plans settings
     * @throws NothingFitsException when none are found
     */
    LabelConfig from(LabelConfig config, Budget budget, Function<LabelConfig, RunPlan> planner)
            throws NothingFitsException {
        LabelConfig fitted = config;
        double excess = budget.excess(planner.apply(fitted));
        while (excess > 0) {
            Optional<Step> step = best(fitted, excess, tried -> budget.excess(planner.apply(tried)));
            if (step.isEmpty()) {
                throw new NothingFitsException(budget.atLeast(planner.apply(fitted)));
            }
            fitted = step.get().config;
            excess = step.get().excess;
        }
        return fitted;
    }

    private record Step(LabelConfig config, double excess, double worth) {}

    private Optional<Step> best(LabelConfig config, double excess, ToDoubleFunction<LabelConfig> excessOf) {
        Step best = null;
        for (Concession concession : Concession.all()) {
            Optional<LabelConfig> next = next(concession, config);
            if (next.isPresent()) {
                double left = excessOf.applyAsDouble(next.get());
                double worth = (excess - left) / loss(concession, config);
                if (excess - left > LEAST * Math.min(1, excess) && (best == null || worth > best.worth)) {
                    best = new Step(next.get(), left, worth);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<LabelConfig> next(Concession concession, LabelConfig config) {
        if (held.contains(concession.path()) || !concession.applies().test(config)) {
            return Optional.empty();
        }
        Optional<Map<String, String>> changes = concession.next().apply(config);
        if (changes.isEmpty() || changes.get().keySet().stream().anyMatch(held::contains)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Settings.override(config, changes.get()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it does not go together with a setting that is held
        }
    }

    private double loss(Concession concession, LabelConfig config) {
        int steps = 1;
        LabelConfig at = start;
        String now = text(config, concession.path());
        while (!text(at, concession.path()).equals(now)) {
            Optional<Map<String, String>> changes = concession.next().apply(at);
            if (changes.isEmpty()) {
                break;
            }
            try {
                at = Settings.override(at, changes.get());
            } catch (IllegalArgumentException e) {
                break;
            }
            steps++;
        }
        return concession.loss() * steps;
    }

    private static String text(LabelConfig config, String path) {
        return Settings.leaf(config, path).defaultText();
    }

    /** What differs from the settings that were started from. */
    List<Change> changes(LabelConfig config) {
        Set<Settings.Leaf> before = new HashSet<>(Settings.leaves(start));
        List<Change> changes = new ArrayList<>();
        for (Settings.Leaf leaf : Settings.leaves(config)) {
            if (!before.contains(leaf)) {
                changes.add(new Change(leaf.path(), text(start, leaf.path()), leaf.defaultText()));
            }
        }
        return changes;
    }
}
