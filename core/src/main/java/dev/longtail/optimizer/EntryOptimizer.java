package dev.longtail.optimizer;

import dev.longtail.config.Require;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Arrays;

/**
 * An update rule for rows whose entries come and go: what it keeps of an entry stands beside the entry's value, at the
 * same place of two other arrays, and is 0 for a new one. {@link OptimizerState} is for rows that keep their shape.
 */
public final class EntryOptimizer implements Stateful {

    private final OptimizerConfig config;
    private final Corrections corrections;
    private float[] squares;

    /**
     * Fresh state.
     *
     * @param rows number of rows
     * @throws IllegalArgumentException when the rule is for rows that keep their shape
     */
    public EntryOptimizer(OptimizerConfig config, int rows) {
        this.config = config;
        this.corrections = new Corrections(config);
        moments(config);
        this.squares = new float[config.kind() == OptimizerConfig.Kind.ROW_ADAGRAD ? rows : 0];
    }

    /** There are rows more, behind the others. @param rows of all, no fewer than before */
    public void grow(int rows) {
        squares = squares.length == 0 ? squares : Arrays.copyOf(squares, rows);
    }

    /** Whether entries are updated each for itself, so that entries of several rows can be updated at once. */
    public boolean isByEntry() {
        return config.kind() != OptimizerConfig.Kind.ROW_ADAGRAD;
    }

    /** Whether a rule updates entries each for itself, whatever rows they belong to. */
    public static boolean updatesEntries(OptimizerConfig config) {
        return switch (config.kind()) {
            case SGD, ADAGRAD, ADAMW, YOGI -> true;
            default -> false;
        };
    }

    /** Numbers that the rule keeps of each entry: 0, 1 or 2. */
    public static int moments(OptimizerConfig config) {
        return switch (config.kind()) {
            case SGD, ROW_ADAGRAD -> 0;
            case ADAGRAD -> 1;
            case ADAMW, YOGI -> 2;
            default -> {
                Require.that(
                        false,
                        "the update rule of a transform",
                        "one of sgd, adagrad, row-adagrad, adamw and yogi",
                        config.kind());
                yield 0;
            }
        };
    }

    /** Where the entries of a row stand: n of them from {@code offset} on, in all three arrays. */
    public record Entries(float[] values, float[] first, float[] second, int offset, int n) {}

    /**
     * Updates the entries of one row.
     *
     * @param row number of the row
     * @param gradient float[at least n], of the entries in their order; left as scratch
     */
    public void update(int row, Entries entries, float[] gradient, StepSize step) {
        float rate = config.rate(step);
        int n = entries.n();
        switch (config.kind()) {
            case ROW_ADAGRAD -> {
                squares[row] += n == 0 ? 0 : Vectors.dot(gradient, 0, gradient, 0, n) / n;
                Vectors.scale((float) (1 / (Math.sqrt(squares[row]) + config.epsilon())), gradient, 0, n);
                Vectors.sgd(entries.values(), entries.offset(), gradient, n, rate, config.weightDecay());
            }
            case ADAGRAD ->
                Vectors.adagrad(
                        entries.values(),
                        entries.offset(),
                        entries.first(),
                        entries.offset(),
                        gradient,
                        n,
                        rate,
                        config.epsilon(),
                        config.weightDecay());
            case ADAMW -> adamW(entries, gradient, step);
            case YOGI -> yogi(entries, gradient, step);
            default -> Vectors.sgd(entries.values(), entries.offset(), gradient, n, rate, config.weightDecay());
        }
    }

    private void adamW(Entries entries, float[] gradient, StepSize step) {
        Corrections.Pair correction = corrections.at(step);
        Vectors.adamW(
                entries.values(),
                entries.offset(),
                entries.first(),
                entries.second(),
                entries.offset(),
                gradient,
                entries.n(),
                config.rate(step),
                config.beta1(),
                config.beta2(),
                config.epsilon(),
                config.weightDecay(),
                correction.first(),
                correction.second());
    }

    private void yogi(Entries entries, float[] gradient, StepSize step) {
        Corrections.Pair correction = corrections.at(step);
        Vectors.yogi(
                entries.values(),
                entries.offset(),
                entries.first(),
                entries.second(),
                entries.offset(),
                gradient,
                entries.n(),
                config.rate(step),
                config.beta1(),
                config.beta2(),
                config.epsilon(),
                config.weightDecay(),
                correction.first(),
                correction.second());
    }

    /**
     * What the rule multiplies the gradient of each entry with, as its state is now: the length of the entry's own
     * step.
     *
     * @param lengths float[at least n], written
     */
    public void stepLengths(int row, Entries entries, StepSize step, float[] lengths) {
        float rate = config.rate(step);
        int n = entries.n();
        switch (config.kind()) {
            case SGD -> Arrays.fill(lengths, 0, n, rate);
            case ROW_ADAGRAD ->
                Arrays.fill(lengths, 0, n, (float) (rate / (Math.sqrt(squares[row]) + config.epsilon())));
            default -> {
                boolean adagrad = config.kind() == OptimizerConfig.Kind.ADAGRAD;
                float[] state = adagrad ? entries.first() : entries.second();
                float correction = adagrad ? 1 : corrections.at(step).second();
                for (int i = 0; i < n; i++) {
                    double root = Math.sqrt(state[entries.offset() + i] / correction);
                    lengths[i] = (float) (rate / (root + config.epsilon()));
                }
            }
        }
    }

    /** Step length of the schedule. */
    public float rate(StepSize step) {
        return config.rate(step);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".squares", squares);
    }

    /** Bytes of what is kept by rows. */
    public long bytes() {
        return (long) squares.length * Float.BYTES;
    }
}
