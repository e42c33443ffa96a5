package dev.longtail.plan;

import dev.longtail.config.Settings;
import dev.longtail.plan.FittedPlan.Change;
import java.io.IOException;
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
 *
 * @param <C> all settings of a training
 * @param <P> the plan of it
 */
final class BudgetFit<C extends Record, P extends Plan> {

    /** How often settings are tried anew because those that were chosen turned out not to fit. */
    private static final int ROUNDS = 4;

    /** What a step must take off at least, as a share of the budget. */
    private static final double LEAST = 1e-4;

    private final C start;
    private final Set<String> held;
    private final List<Concession<C>> concessions;

    /**
     * A search for settings.
     *
     * @param held paths of settings that keep their values
     * @param concessions what the others may give up
     */
    BudgetFit(C start, Set<String> held, List<Concession<C>> concessions) {
        this.start = start;
        this.held = Set.copyOf(held);
        this.concessions = List.copyOf(concessions);
    }

    /** Tries settings, and so can plan others near them. */
    interface Trial<C, P> {
        Function<C, P> near(C config) throws IOException;
    }

    /**
     * The plan of settings that fit and that were tried.
     *
     * @param config to go on from
     * @throws NothingFitsException when none are found
     */
    P search(C config, Budget budget, Trial<C, P> trial) throws IOException, NothingFitsException {
        C chosen = config;
        for (int round = 0; ; round++) {
            Function<C, P> planner = trial.near(chosen);
            P plan = planner.apply(chosen);
            if (budget.excess(plan) == 0) {
                return plan;
            }
            if (round == ROUNDS) {
                throw new NothingFitsException(budget.atLeast(plan));
            }
            chosen = from(chosen, budget, planner);
        }
    }

    /**
     * Settings that fit.
     *
     * @param config to go on from
     * @param planner plans settings
     * @throws NothingFitsException when none are found
     */
    C from(C config, Budget budget, Function<C, P> planner) throws NothingFitsException {
        C fitted = config;
        double excess = budget.excess(planner.apply(fitted));
        while (excess > 0) {
            Optional<Step<C>> step = best(fitted, excess, tried -> budget.excess(planner.apply(tried)));
            if (step.isEmpty()) {
                throw new NothingFitsException(budget.atLeast(planner.apply(fitted)));
            }
            fitted = step.get().config;
            excess = step.get().excess;
        }
        return fitted;
    }

    private record Step<C>(C config, double excess, double worth) {}

    private Optional<Step<C>> best(C config, double excess, ToDoubleFunction<C> excessOf) {
        Step<C> best = null;
        for (Concession<C> concession : concessions) {
            Optional<C> next = next(concession, config);
            if (next.isPresent()) {
                double left = excessOf.applyAsDouble(next.get());
                double worth = (excess - left) / loss(concession, config);
                if (excess - left > LEAST * Math.min(1, excess) && (best == null || worth > best.worth)) {
                    best = new Step<>(next.get(), left, worth);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<C> next(Concession<C> concession, C config) {
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

    private double loss(Concession<C> concession, C config) {
        int steps = 1;
        C at = start;
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

    private static String text(Record config, String path) {
        return Settings.leaf(config, path).defaultText();
    }

    /** What differs from the settings that were started from. */
    List<Change> changes(C config) {
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
