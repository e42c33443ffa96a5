package dev.longtail.table;

import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.FullFactor;
import dev.longtail.matrix.GrowingFactor;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.EntryOptimizer;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.penalty.DeferredThresholds;
import dev.longtail.penalty.MaskedStep;
import dev.longtail.penalty.ProximalConfig;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two steps of a row of T (eq. 2 and 3 of Anchor and Transform): the optimizer's own, then the proximal one.
 *
 * <p>A row that is stored sparsely first gains the links whose gradient would carry them over the threshold: an absent
 * link is a 0, and the proximal step of plain descent leaves it above 0 exactly where -gradient is above lambda2. Of
 * those the ones with the largest gradients are taken, as many as may grow in a step; links that the proximal step
 * leaves at 0 are given up again.
 */
final class TransformUpdate implements Stateful {

    /** Rows that are updated at once where that is possible: registers are full, whatever the number of anchors. */
    static final int ROWS = 32;

    private final SparseFactor transform;
    private final AnchorConfig config;
    private final ProximalConfig penalty;
    private final EntryOptimizer optimizer;
    private final @Nullable DeferredThresholds deferred;
    private @Nullable MaskedStep free;
    private float l1;
    private boolean refit;

    TransformUpdate(SparseFactor transform, AnchorConfig config, OptimizerConfig optimizer) {
        this.transform = transform;
        this.config = config;
        this.penalty = config.penalty();
        this.optimizer = new EntryOptimizer(optimizer, transform.rows());
        this.deferred = penalty.rows() == ProximalConfig.Rows.ALL && penalty.l1() > 0 && !config.linksFrozen()
                ? new DeferredThresholds(transform.rows())
                : null;
        transform.moments(EntryOptimizer.moments(optimizer));
        this.l1 = penalty.l1(1);
    }

    void free(MaskedStep entries) {
        free = entries;
    }

    /** The transform has more rows than before. */
    void grow() {
        optimizer.grow(transform.rows());
        if (deferred != null) {
            deferred.grow(transform.rows());
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        optimizer.carry(name + ".optimizer", state);
        if (deferred != null) {
            deferred.carry(name + ".deferred", state);
        }
    }

    /** lambda2 is what the settings say of an epoch. */
    void startEpoch(int epoch) {
        l1 = penalty.l1(epoch);
        refit = penalty.isRefit(epoch);
    }

    /** Whether rows owe what they missed. */
    boolean isDeferred() {
        return deferred != null;
    }

    /** lambda2 as it is now. */
    float l1() {
        return l1;
    }

    /** Whether rows keep their values. */
    boolean isFrozen() {
        return config.linksFrozen();
    }

    /** Scratch of one thread. */
    static final class Scratch {
        final SparseFactor.View view = new SparseFactor.View();
        final float[] compact;
        final float[] lengths;
        final int[] columns;
        final float[] zeros;
        final int[] grown;
        /** A single row of a full factor. */
        final int[] row = new int[1];

        final FullFactor.Block block;

        /** [{@link #ROWS}][stride] of rows that are updated at once, else empty. */
        final float[] gradients;

        final float[] thresholds;

        private Scratch(int rows, int anchors, int stride, int growth) {
            gradients = new float[rows * stride];
            thresholds = new float[rows * stride];
            block = FullFactor.Block.of(1, anchors);
            compact = new float[anchors];
            lengths = new float[anchors];
            columns = new int[anchors];
            zeros = new float[growth];
            grown = new int[growth];
        }
    }

    /**
     * Scratch of one thread.
     *
     * @param stride number of anchors up to whole registers
     */
    Scratch scratch(int anchors, int stride) {
        return new Scratch(fullRows().isPresent() ? ROWS : 0, anchors, stride, config.growth());
    }

    /** A step begins: all rows owe it from now on, those that it touches until they are updated. */
    void beginStep(StepSize step) {
        if (deferred != null) {
            deferred.step(optimizer.rate(step) * l1);
        }
    }

    /** Lets a row make up for the steps that it missed. */
    void settle(int row, StepSize last, Scratch scratch) {
        if (deferred == null) {
            return;
        }
        float owed = deferred.settle(row);
        if (owed == 0) {
            return;
        }
        if (penalty.metric() == ProximalConfig.Metric.COORDINATE) {
            shrink(row, open(row, scratch), owed / optimizer.rate(last), last, scratch);
            close(row, scratch);
        } else {
            shrink(row, shown(row, scratch), owed, last, scratch);
            transform.tidy(row);
        }
    }

    /** Lets all rows make up for the steps that they missed. */
    void settleAll(StepSize last, Scratch scratch) {
        for (int row = 0; deferred != null && row < transform.rows(); row++) {
            settle(row, last, scratch);
        }
    }

    /**
     * A step of one row.
     *
     * @param gradient [anchors], of every link of the row, those it has not among them
     */
    void update(int row, float[] gradient, StepSize step, Scratch scratch) {
        if (transform instanceof GrowingFactor && !refit) {
            grow(row, gradient, scratch);
        }
        EntryOptimizer.Entries entries = open(row, scratch);
        for (int j = 0; j < entries.n(); j++) {
            scratch.compact[j] = gradient[scratch.view.column(j)];
        }
        descend(row, entries, scratch.compact, step, scratch.lengths);
        boolean own = penalty.metric() == ProximalConfig.Metric.COORDINATE;
        shrink(row, entries, own ? l1 : optimizer.rate(step) * l1, step, scratch);
        close(row, scratch);
        if (deferred != null) {
            deferred.settle(row); // it owed this step only, being up to date before
        }
    }

    /** The transform, if several rows can be updated at once: all have room for every link, links are updated alike. */
    Optional<FullFactor> fullRows() {
        return transform instanceof FullFactor full && free == null && optimizer.isByEntry()
                ? Optional.of(full)
                : Optional.empty();
    }

    /**
     * A step of several rows at once, the same as one of each; their gradients are in the scratch.
     *
     * @param from the first group
     * @param to the group behind the last one, {@link #ROWS} more at most
     */
    void update(BatchRows rows, int from, int to, StepSize step, Scratch scratch) {
        EntryOptimizer.Entries entries = rows.entries(from, to);
        int n = entries.n();
        descend(0, entries, scratch.gradients, step, scratch.thresholds);
        if (penalty.metric() == ProximalConfig.Metric.COORDINATE && l1 > 0) {
            optimizer.stepLengths(0, entries, step, scratch.thresholds);
            Vectors.scale(l1, scratch.thresholds, 0, n);
            penalty.domain().step(entries.values(), entries.offset(), n, scratch.thresholds, true);
        } else {
            penalty.domain().step(entries.values(), entries.offset(), n, optimizer.rate(step) * l1);
        }
        rows.store(from, to);
        for (int group = from; deferred != null && group < to; group++) {
            deferred.settle(rows.row(group)); // it owed this step only, being up to date before
        }
    }

    /** The optimizer's own step; of the refit, of what is not 0. @param kept scratch of as many numbers */
    private void descend(int row, EntryOptimizer.Entries entries, float[] gradient, StepSize step, float[] kept) {
        float[] values = entries.values();
        for (int i = 0; refit && i < entries.n(); i++) {
            kept[i] = values[entries.offset() + i] == 0 ? 0 : 1;
        }
        optimizer.update(row, entries, gradient, step);
        for (int i = 0; refit && i < entries.n(); i++) {
            values[entries.offset() + i] = kept[i] == 0 ? 0 : values[entries.offset() + i];
        }
    }

    /** The entries of a row to be changed, with the view of the scratch on their columns. */
    private EntryOptimizer.Entries open(int row, Scratch scratch) {
        EntryOptimizer.Entries shown = shown(row, scratch);
        if (transform instanceof FullFactor full) {
            scratch.row[0] = row;
            full.read(scratch.row, 0, 1, scratch.block);
            FullFactor.Block block = scratch.block;
            return new EntryOptimizer.Entries(block.values(), block.first(), block.second(), 0, shown.n());
        }
        return shown;
    }

    /** The same where they stand, of a full factor without what is kept beside them. */
    private EntryOptimizer.Entries shown(int row, Scratch scratch) {
        SparseFactor.View view = scratch.view;
        transform.view(row, view);
        return new EntryOptimizer.Entries(view.values, view.first, view.second, view.offset, view.length);
    }

    /** Ends a change. */
    private void close(int row, Scratch scratch) {
        if (transform instanceof FullFactor full) {
            full.write(0, 1, scratch.block);
        }
        transform.tidy(row);
    }

    /**
     * The proximal step of a row.
     *
     * @param amount threshold, or with a metric of coordinates what step lengths are multiplied with to be thresholds
     */
    private void shrink(int row, EntryOptimizer.Entries entries, float amount, StepSize step, Scratch scratch) {
        boolean own = penalty.metric() == ProximalConfig.Metric.COORDINATE && amount > 0;
        if (!own && free == null) {
            penalty.domain().step(entries.values(), entries.offset(), entries.n(), amount);
            return;
        }
        float[] thresholds = scratch.lengths;
        if (own) {
            optimizer.stepLengths(row, entries, step, thresholds);
            for (int j = 0; j < entries.n(); j++) {
                thresholds[j] *= amount;
            }
        } else {
            Arrays.fill(thresholds, 0, entries.n(), amount);
        }
        if (free != null) {
            release(free, row, scratch);
        }
        penalty.domain().step(entries.values(), entries.offset(), entries.n(), thresholds, amount > 0);
    }

    private static void release(MaskedStep free, int row, Scratch scratch) {
        SparseFactor.View view = scratch.view;
        if (view.columns.length == 0) {
            free.release(row, scratch.lengths, view.length);
            return;
        }
        for (int j = 0; j < view.length; j++) {
            scratch.columns[j] = view.column(j);
        }
        free.release(row, scratch.columns, 0, view.length, scratch.lengths);
    }

    /** Gives the row the links that its gradient asks for most, as zeros. */
    private void grow(int row, float[] gradient, Scratch scratch) {
        SparseFactor.View view = scratch.view;
        transform.view(row, view);
        int limit = config.mostLinks() == 0 ? transform.columns() : config.mostLinks();
        int room = Math.min(config.growth(), limit - view.length);
        if (room <= 0) {
            return;
        }
        int found = strongest(gradient, view, room, scratch);
        if (found > 0) {
            Arrays.sort(scratch.grown, 0, found);
            transform.insert(row, scratch.grown, scratch.zeros, found);
        }
    }

    /** The absent links with the largest descent above lambda2, in falling order of it; returns how many. */
    private int strongest(float[] gradient, SparseFactor.View view, int most, Scratch scratch) {
        boolean signed = !penalty.domain().limits(l1);
        int found = 0;
        int j = 0;
        for (int column = 0; column < transform.columns(); column++) {
            if (j < view.length && view.column(j) == column) {
                j++;
                continue;
            }
            float descent = descent(gradient[column], signed);
            if (descent <= l1 || (found == most && descent <= descent(gradient[scratch.grown[found - 1]], signed))) {
                continue;
            }
            int place = found < most ? found++ : found - 1;
            while (place > 0 && descent(gradient[scratch.grown[place - 1]], signed) < descent) {
                scratch.grown[place] = scratch.grown[place - 1];
                place--;
            }
            scratch.grown[place] = column;
        }
        return found;
    }

    private static float descent(float gradient, boolean signed) {
        return signed ? Math.abs(gradient) : -gradient;
    }
}
