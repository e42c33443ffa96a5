package dev.longtail.table;

import dev.longtail.matrix.FullFactor;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.EntryOptimizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a full transform that a batch reads, side by side with what is kept beside them. Rows lie anywhere in a
 * table of tens of megabytes and are needed three times in a step: for the coefficients, for the update, and to be
 * written. Copied once, they are fetched from afar once; the rest happens in the caches.
 */
final class BatchRows {

    /** Numbers of all rows at most, 256 KiB: more would not stay in the caches, and long rows need no copy. */
    private static final int MOST = 1 << 16;

    /** Rows that are read ahead before they are copied. */
    private static final int AHEAD = 32;

    private final Optional<FullFactor> transform;
    private final RowGroups groups;
    private @Nullable SparseBatch loaded;
    private FullFactor.Block block = FullFactor.Block.of(0);
    private int[] rows = {};
    private int[] places = {};
    private int columns;

    @SuppressWarnings("unused") // keeps reads ahead from being optimised away
    private float touched;

    /** @param transform empty when its rows cannot be changed as copies */
    BatchRows(Optional<FullFactor> transform, RowGroups groups) {
        this.transform = transform;
        this.groups = groups;
    }

    /** Copies the rows of a batch, in the order of their shards, if they are few and short enough. */
    void load(SparseBatch batch) {
        loaded = null;
        if (transform.isPresent() && groups.count() * (long) transform.get().columns() <= MOST) {
            load(transform.get());
            loaded = batch;
        }
    }

    /** Whether the rows are those of a batch. */
    boolean areOf(SparseBatch batch) {
        return loaded == batch;
    }

    private void load(FullFactor full) {
        int count = groups.count();
        columns = full.columns();
        if (rows.length < count || block.values().length < count * columns) {
            rows = new int[Math.max(count, 2 * rows.length)];
            places = new int[rows.length];
            block = FullFactor.Block.of(rows.length * columns);
        }
        for (int place = 0; place < count; place++) {
            int group = groups.inOrder(place);
            rows[place] = groups.row(group);
            places[group] = place;
        }
        for (int from = 0; from < count; from += AHEAD) {
            int to = Math.min(count, from + AHEAD);
            float sum = 0;
            for (int place = from; place < to; place++) {
                sum += full.touch(rows[place]);
            }
            touched = sum;
            full.read(rows, from, to, block);
        }
    }

    /**
     * Coefficients c = x T of examples {@code from} to {@code to} of the batch.
     *
     * @param out [batch.rows()][stride], zeros at these examples; written there
     */
    void coefficients(SparseBatch batch, int from, int to, float[] out, int stride) {
        float[] values = block.values();
        for (int example = from; example < to; example++) {
            int at = example * stride;
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                int group = groups.of(entry);
                if (group < 0) {
                    continue;
                }
                float weight = groups.weight(entry);
                int row = places[group] * columns;
                for (int k = 0; k < columns; k++) { // rows are too short for a call
                    out[at + k] += weight * values[row + k];
                }
            }
        }
    }

    /** The numbers of some rows, by their places. */
    EntryOptimizer.Entries entries(int from, int to) {
        return new EntryOptimizer.Entries(
                block.values(), block.first(), block.second(), from * columns, (to - from) * columns);
    }

    /** Number of the row at a place. */
    int row(int place) {
        return rows[place];
    }

    /** Copies rows back. */
    void store(int from, int to) {
        transform.orElseThrow().write(rows, from, to, block);
    }
}
