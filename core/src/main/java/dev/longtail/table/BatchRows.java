package dev.longtail.table;

import dev.longtail.matrix.FullFactor;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.EntryOptimizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a full transform that a batch reads, side by side with what is kept beside them. Rows lie anywhere in a
 * table of tens of megabytes and are needed three times in a step: for the coefficients, for the update, and to be
 * written. Copied once, they are fetched from afar once; the rest happens in the caches. A row stands at the number of
 * its group, with zeros behind it up to whole registers, so that several rows are one long one.
 */
final class BatchRows {

    /** Numbers of all rows at most, 256 KiB: more would not stay in the caches, and long rows need no copy. */
    private static final int MOST = 1 << 16;

    private final Optional<FullFactor> transform;
    private final RowGroups groups;
    private final int stride;
    private @Nullable SparseBatch loaded;
    private FullFactor.Block block;

    /**
     * @param transform empty when its rows cannot be changed as copies
     * @param stride columns of a row up to whole registers
     */
    BatchRows(Optional<FullFactor> transform, RowGroups groups, int stride) {
        this.transform = transform;
        this.groups = groups;
        this.stride = stride;
        this.block = FullFactor.Block.of(0, stride);
    }

    /** Whether the rows of the groups can be copied, and are few and short enough. */
    boolean fit() {
        return transform.isPresent() && groups.count() * (long) stride <= MOST;
    }

    /** Copies the rows of a batch if they {@link #fit}. */
    void load(SparseBatch batch) {
        loaded = null;
        if (!fit()) {
            return;
        }
        int held = block.values().length / stride;
        if (held < groups.count()) {
            block = FullFactor.Block.of(Math.max(groups.count(), 2 * held), stride);
        }
        transform.orElseThrow().read(groups.rows(), 0, groups.count(), block);
        loaded = batch;
    }

    /** Whether the rows are those of a batch. */
    boolean areOf(SparseBatch batch) {
        return loaded == batch;
    }

    /** The rows, [groups][stride]: the coefficients of a batch whose examples are single rows, all different. */
    float[] values() {
        return block.values();
    }

    /**
     * Coefficients c = x T of examples {@code from} to {@code to} of the batch.
     *
     * @param out [batch.rows()][stride], zeros at these examples; written there
     */
    void coefficients(SparseBatch batch, int from, int to, float[] out) {
        float[] values = block.values();
        int columns = transform.orElseThrow().columns();
        for (int example = from; example < to; example++) {
            int at = example * stride;
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                int group = groups.of(entry);
                if (group < 0) {
                    continue;
                }
                float weight = groups.weight(entry);
                int row = group * stride;
                for (int k = 0; k < columns; k++) { // rows are too short for a call
                    out[at + k] += weight * values[row + k];
                }
            }
        }
    }

    /** The numbers of the rows of some groups. */
    EntryOptimizer.Entries entries(int from, int to) {
        return new EntryOptimizer.Entries(
                block.values(), block.first(), block.second(), from * stride, (to - from) * stride);
    }

    /** Number of the row of a group. */
    int row(int group) {
        return groups.row(group);
    }

    /** Copies the rows of some groups back. */
    void store(int from, int to) {
        transform.orElseThrow().write(from, to, block);
    }
}
