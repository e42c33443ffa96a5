package dev.longtail.tune;

import dev.longtail.config.Settings;
import dev.longtail.loss.Loss;
import dev.longtail.output.OutputConfig;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.TrainConfig.Frozen;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is searched when a user names nothing: the settings that matter most, around the values they start with. */
public final class DefaultSpace {

    private static final Predicate<LabelConfig> EMBEDDING =
            config -> config.model().embedding();

    private static final Predicate<LabelConfig> TABLE_LEARNS =
            EMBEDDING.and(config -> config.train().frozen() == Frozen.NONE);

    private static final Predicate<LabelConfig> BODY_LEARNS = EMBEDDING.and(
            config -> config.model().body().intermediate() > 0 && config.train().frozen() != Frozen.ENCODER);

    private static final Predicate<LabelConfig> FAN_IN_GIVEN =
            EMBEDDING.and(config -> config.model().output().kind() == OutputConfig.Kind.FIXED_FAN_IN
                    && !config.model().sparsity().isGiven());

    private static final Predicate<LabelConfig> DIRECT =
            config -> config.train().direct().isOn();

    private static final Predicate<LabelConfig> ASSOCIATION =
            config -> config.train().association().isOn();

    private static final Predicate<LabelConfig> HINGE =
            EMBEDDING.and(config -> config.model().loss() == Loss.SQUARED_HINGE);

    /** The space; a line a setting. Its last part says for which settings to start from it has an effect. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry("train.tableOptimizer.learningRate", around(4), TABLE_LEARNS),
            new Entry("train.bodyOptimizer.learningRate", around(4), BODY_LEARNS),
            new Entry("train.outputOptimizer.learningRate", around(4), EMBEDDING),
            new Entry("train.schedule.warmup", among("0", "0.05", "0.1", "0.2"), EMBEDDING),
            new Entry("train.outputSchedule.warmup", among("0", "0.05", "0.1", "0.2"), EMBEDDING),
            new Entry("train.batch", among("32", "64", "128"), EMBEDDING),
            new Entry("train.maxEpochs", times(1, 2, 3), EMBEDDING),
            new Entry("train.objective.positiveWeight", among("1", "2", "4"), EMBEDDING),
            new Entry("model.table.dimension", times(0.5, 1, 2, 4), EMBEDDING),
            new Entry("model.output.fanIn", times(0.5, 1, 2, 4), FAN_IN_GIVEN),
            new Entry("model.output.slack", among("0", "0.05", "0.1", "0.2", "0.3"), HINGE),
            new Entry("model.body.dropout", among("0", "0.1", "0.2", "0.4"), EMBEDDING),
            new Entry("train.featureDropout", among("0", "0.1", "0.2"), EMBEDDING),
            new Entry("train.association.slots", times(0.5, 1, 2), ASSOCIATION),
            new Entry("train.association.featureExponent", among("0.3", "0.4", "0.5", "0.6"), ASSOCIATION),
            new Entry("train.association.labelExponent", among("0.3", "0.5", "0.7"), ASSOCIATION),
            new Entry("train.direct.positiveCost", around(4), DIRECT),
            new Entry("train.direct.negativeCost", around(4), DIRECT),
            new Entry("train.direct.candidates", times(0.5, 1, 2), DIRECT),
            new Entry("model.loss", any(), EMBEDDING));

    private DefaultSpace() {}

    private record Entry(String path, Function<Settings.Leaf, Dimension> values, Predicate<LabelConfig> hasEffect) {}

    /** The dimensions for settings to start from. */
    public static List<Dimension> of(LabelConfig start) {
        List<Dimension> dimensions = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            if (entry.hasEffect.test(start)) {
                dimensions.add(entry.values.apply(Settings.leaf(start, entry.path)));
            }
        }
        return dimensions;
    }

    /** From the start's value divided by the factor to that multiplied by it, every factor equally likely. */
    private static Function<Settings.Leaf, Dimension> around(int factor) {
        return leaf -> {
            BigDecimal value = new BigDecimal(leaf.defaultText());
            BigDecimal by = BigDecimal.valueOf(factor);
            return new Dimension.Range(
                    leaf.path(), value.divide(by, MathContext.DECIMAL32), value.multiply(by), true, false);
        };
    }

    /** Multiples of the start's value, an integer. */
    private static Function<Settings.Leaf, Dimension> times(double... factors) {
        return leaf -> {
            double value = Double.parseDouble(leaf.defaultText());
            Stream<String> values =
                    Arrays.stream(factors).mapToObj(factor -> Long.toString(Math.max(1, Math.round(factor * value))));
            return new Dimension.Choices(leaf.path(), values.distinct().toList());
        };
    }

    /** These values and the start's. */
    private static Function<Settings.Leaf, Dimension> among(String... values) {
        return leaf -> {
            boolean there = Arrays.stream(values)
                    .anyMatch(value -> Double.parseDouble(value) == Double.parseDouble(leaf.defaultText()));
            Stream<String> start = there ? Stream.empty() : Stream.of(leaf.defaultText());
            return new Dimension.Choices(
                    leaf.path(), Stream.concat(Stream.of(values), start).toList());
        };
    }

    /** All values of an enum. */
    private static Function<Settings.Leaf, Dimension> any() {
        return leaf -> new Dimension.Choices(leaf.path(), leaf.choices());
    }
}
