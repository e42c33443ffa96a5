package dev.longtail.plan;

import dev.longtail.plan.Concession.Lower;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingTrainConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the training of a rating model can give up. Losses are in thousandths of the validation MSE on tenths held out
 * of u1.base of MovieLens 100K, about: from bench/results/rating-savings.md. As a step costs as many times its loss as
 * it is the how many-th of its setting, steps 1 to n cost n (n + 1) / 2 of it. Measured of all of them together:
 *
 * <pre>
 *   dimension, steps      12: 0.7    8: 3.1    4: 10.1    2: 15.6      6 steps to the last, 21 losses
 *   dimension, sweeps     12: -0.2   8: -0.1   4: 0.8
 *   row-adagrad           3.1, with the dimension at 8 as well 7.2
 *   batch                 256: -0.6  64: 2.4                           4 steps
 *   epochs                16: 0.0    9: 4.3    5: 18.7    3: 43.3      11 steps
 *   anchors of both       37: 0.5    25: 2.5   12: 9.0
 *   links of both         13: 3.9    6: 9.5
 *   buckets of both       three quarters: 2.5   three eighths: 14.5
 *   temperature of both   0.75: -1.2            0.95: -0.7
 * </pre>
 *
 * <p>Not among them: mixed tables in place of dense ones, which lose 20 where dimension 4 loses 10 with fewer numbers;
 * and another solver, which is the user's choice.
 */
final class RatingConcessions {

    private static final Predicate<RatingConfig> STEPS =
            config -> config.train().solver() == RatingTrainConfig.Solver.STEPS;

    private RatingConcessions() {}

    /** One of the two tables. */
    private record Side(String path, Function<RatingConfig, TableConfig> table) {

        boolean is(RatingConfig config, TableConfig.Kind kind) {
            return table.apply(config).kind() == kind;
        }
    }

    /** All of them. */
    static List<Concession<RatingConfig>> all() {
        List<Concession<RatingConfig>> all = new ArrayList<>(List.of(
                optimizer(),
                dimension(0.7, STEPS),
                dimension(0.1, STEPS.negate()),
                Concession.of(0.2, new Lower("train.batch", 0.5, 1, 64), STEPS),
                Concession.of(0.3, new Lower("train.maxEpochs", 0.75, 1, 1), config -> true),
                seen()));
        add(all, new Side("model.users", config -> config.model().users()));
        add(all, new Side("model.items", config -> config.model().items()));
        return all;
    }

    private static void add(List<Concession<RatingConfig>> all, Side side) {
        all.add(Concession.of(
                1, new Lower(side.path + ".buckets", 0.75, 1, 64), config -> side.is(config, TableConfig.Kind.HASHED)));
        all.add(Concession.of(
                0.5,
                new Lower(side.path + ".mixed.temperature", 1.25, 0.05, 1),
                config -> side.is(config, TableConfig.Kind.MIXED)));
        all.add(count(side));
        all.add(links(side));
    }

    private static Concession<RatingConfig> dimension(double loss, Predicate<RatingConfig> applies) {
        Lower lower = new Lower("model.users.dimension", 0.75, 2, 2);
        return new Concession<>(
                lower.path(),
                loss,
                config -> lower.of(config).map(value -> Map.of(lower.path(), value, "model.items.dimension", value)),
                applies);
    }

    /** Fewer anchors, and no more links than there are anchors. */
    private static Concession<RatingConfig> count(Side side) {
        Lower lower = new Lower(side.path + ".anchors.count", 0.75, 1, 4);
        return new Concession<>(
                lower.path(),
                0.3,
                config -> lower.of(config).map(value -> {
                    Map<String, String> changes = new HashMap<>(Map.of(lower.path(), value));
                    AnchorConfig anchors = side.table.apply(config).anchors();
                    if (anchors.links() > Integer.parseInt(value)) {
                        changes.put(side.path + ".anchors.links", value);
                    }
                    return changes;
                }),
                config -> side.is(config, TableConfig.Kind.ANCHORS));
    }

    /** Fewer links at the start, from all of them to a quarter: then no room is held for the others. */
    private static Concession<RatingConfig> links(Side side) {
        Lower lower = new Lower(side.path + ".anchors.links", 0.75, 1, 1);
        return new Concession<>(
                lower.path(),
                1,
                config -> {
                    AnchorConfig anchors = side.table.apply(config).anchors();
                    return anchors.links() == 0
                            ? Optional.of(Map.of(lower.path(), Integer.toString((anchors.count() + 3) / 4)))
                            : lower.of(config).map(value -> Map.of(lower.path(), value));
                },
                config -> side.is(config, TableConfig.Kind.ANCHORS));
    }

    /**
     * A rule that remembers a number a row, with the step that is best for it. SGD with 0.03 remembers nothing and
     * loses nothing there, but its step must suit the ratings: 0.01 loses 44, and an item with a large share of a batch
     * makes a step too long. Factored moments lose 12.
     */
    private static Concession<RatingConfig> optimizer() {
        String rule = "train.optimizer.";
        return new Concession<>(
                rule + "kind",
                3,
                config -> switch (config.train().optimizer().kind()) {
                    case ADAMW, YOGI ->
                        Optional.of(Map.of(rule + "kind", "row-adagrad", rule + "learningRate", "0.03"));
                    case ADAGRAD -> Optional.of(Map.of(rule + "kind", "row-adagrad"));
                    case SGD, MOMENTUM, ROW_ADAGRAD, ADALOMO, FACTORED_ADAMW -> Optional.empty();
                },
                STEPS);
    }

    /**
     * Predictions stay the same, but recommendations then hold what a user knows: ten of them hold a third less of what
     * is liked in the held-out part, as with dimension 2.
     */
    private static Concession<RatingConfig> seen() {
        String path = "data.keepSeen";
        return new Concession<>(
                path,
                20,
                config -> Optional.of(Map.of(path, "false")),
                config -> config.data().keepSeen());
    }
}
