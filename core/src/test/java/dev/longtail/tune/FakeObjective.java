package dev.longtail.tune;

import dev.longtail.train.LabelConfig;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Trainings that take time on a clock of their own and nothing else. */
final class FakeObjective implements Objective {

    private static final int SLICES = 100;

    private final int examples;
    private final Value value;
    private final Cost cost;
    private double seconds;

    /** What settings are worth after learning from so many examples. */
    @FunctionalInterface
    interface Value {
        double of(LabelConfig config, int examples);
    }

    /** Seconds of learning from so many examples, beside those that every trial takes. */
    @FunctionalInterface
    interface Cost {
        double of(LabelConfig config, int examples);
    }

    static final double FIXED_SECONDS = 0.25;

    FakeObjective(int examples, Value value, Cost cost) {
        this.examples = examples;
        this.value = value;
        this.cost = cost;
    }

    LongSupplier clock() {
        return () -> (long) (seconds * 1e9);
    }

    double seconds() {
        return seconds;
    }

    /** Seconds of a trial from its start to its end. */
    double duration(LabelConfig config, int count) {
        return FIXED_SECONDS + cost.of(config, count);
    }

    @Override
    public int examples() {
        return examples;
    }

    @Override
    public long bytes(LabelConfig config) {
        return config.model().table().dimension();
    }

    @Override
    public Measurement measure(LabelConfig config, int count, BooleanSupplier timeIsUp) {
        for (int slice = 0; slice < SLICES; slice++) {
            seconds += duration(config, count) / SLICES;
            if (timeIsUp.getAsBoolean()) {
                throw new OutOfTimeException();
            }
        }
        return new Measurement(value.of(config, count), config.train().maxEpochs(), cost.of(config, count));
    }
}
