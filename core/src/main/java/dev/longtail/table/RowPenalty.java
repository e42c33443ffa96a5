package dev.longtail.table;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.penalty.DeferredThresholds;
import dev.longtail.penalty.Proximal;
import dev.longtail.penalty.RowPenaltyConfig;
import dev.longtail.penalty.RowPenaltyConfig.Rule;
import it.unimi.dsi.fastutil.floats.FloatArrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes the rows of one table sparse while it is trained, see {@link RowPenaltyConfig}. */
final class RowPenalty implements Stateful {

    private final RowPenaltyConfig config;
    private final OptimizerConfig optimizer;
    private final @Nullable DeferredThresholds deferred;

    RowPenalty(RowPenaltyConfig config, OptimizerConfig optimizer, int rows) {
        this.config = config;
        this.optimizer = optimizer;
        this.deferred = config.rule() == Rule.TRUNCATED && config.l1() > 0 ? new DeferredThresholds(rows) : null;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        if (deferred != null) {
            deferred.carry(name + ".deferred", state);
        }
    }

    /** Fresh state of rows that the penalty acts on. */
    OptimizerState newState(int rows, int width) {
        if (config.rule() == Rule.DUAL_AVERAGING) {
            return new DualAveraging(optimizer, config.l1(), width, new float[rows * width], new int[rows]);
        }
        OptimizerState state = optimizer.newState(rows, width);
        return config.rule() == Rule.SUBGRADIENT && config.l1() > 0
                ? new Subgradient(state, config.l1(), width)
                : state;
    }

    /** Whether rows owe what they missed. */
    boolean isDeferred() {
        return deferred != null;
    }

    /** A step begins: all rows owe it from now on. */
    void beginStep(StepSize step) {
        if (deferred != null) {
            deferred.step(optimizer.learningRate() * step.factor() * config.l1());
        }
    }

    /** Lets a row make up for the steps that it missed, or for the one that it has just taken. */
    void settle(int row, float[] page, int offset, int width) {
        if (deferred != null) {
            float owed = deferred.settle(row);
            if (owed > 0) {
                Proximal.soft(page, offset, width, owed);
            }
        }
    }

    /** Sets the smallest numbers of all pages to 0, so that the wanted share is left. */
    void prune(List<float[]> pages) {
        if (config.kept() == 1) {
            return;
        }
        int count = pages.stream().mapToInt(page -> page.length).sum();
        int kept = Math.max(1, (int) Math.round((double) config.kept() * count));
        if (kept >= count) {
            return;
        }
        float least = smallestKept(pages, count, kept);
        for (float[] page : pages) {
            for (int i = 0; i < page.length; i++) {
                page[i] = Math.abs(page[i]) < least ? 0 : page[i];
            }
        }
    }

    private static float smallestKept(List<float[]> pages, int count, int kept) {
        float[] sizes = new float[count];
        int at = 0;
        for (float[] page : pages) {
            for (float value : page) {
                sizes[at++] = Math.abs(value);
            }
        }
        FloatArrays.radixSort(sizes);
        return sizes[count - kept];
    }

    /**
     * A rule whose gradients gain l1 sign(w).
     *
     * @param rule of the optimizer
     */
    private record Subgradient(OptimizerState rule, float l1, int width) implements OptimizerState {

        @Override
        public void update(int row, float[] weights, int offset, float[] gradient, StepSize step) {
            for (int i = 0; i < width; i++) {
                gradient[i] += l1 * Math.signum(weights[offset + i]);
            }
            rule.update(row, weights, offset, gradient, step);
        }

        @Override
        public void endStep() {
            rule.endStep();
        }

        @Override
        public void carry(String name, StateCarrier state) {
            rule.carry(name, state);
        }

        @Override
        public long bytes() {
            return rule.bytes();
        }
    }
}
