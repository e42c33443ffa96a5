package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import java.util.Arrays;

/**
 * The entries of a batch by the row of the table that they read: groups in the order in which rows first occur, entries
 * of a group in the order of the batch. Rows are found by a hash table of the size of the batch, so that the work does
 * not depend on the number of rows.
 */
final class RowGroups {

    private static final int NONE = -1;

    /** 2^32 over the golden ratio: neighbouring rows get slots far apart (Knuth, volume 3, section 6.4). */
    private static final int SPREAD = 0x9E3779B9;

    private int[] slots = new int[64];
    private int[] rows = new int[32];
    private int[] heads = new int[32];
    private int[] tails = new int[32];
    private int[] next = new int[32];
    private int[] examples = new int[32];
    private int[] groups = new int[32];
    private float[] weights = new float[32];
    private int[] order = new int[32];
    private int[] starts = new int[1];
    private int shift = Integer.numberOfLeadingZeros(64) + 1;
    private int count;

    /** Groups the entries of a batch that have a row. */
    void collect(SparseBatch batch, RowPlaces places) {
        reserve(batch.nnz());
        count = 0;
        if (batch.isDistinct() && places.areOfTheirOwn()) {
            collectDistinct(batch);
            return;
        }
        Arrays.fill(slots, NONE);
        for (int example = 0; example < batch.rows(); example++) {
            float scale = places.scale(batch, example);
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                int row = places.row(batch.columns()[entry]);
                groups[entry] = NONE;
                if (row != RowPlaces.NONE) {
                    examples[entry] = example;
                    weights[entry] = scale * batch.values()[entry];
                    append(row, entry);
                }
            }
        }
    }

    /** Single entries that read a row each: groups of one. */
    private void collectDistinct(SparseBatch batch) {
        count = batch.nnz();
        System.arraycopy(batch.columns(), 0, rows, 0, count);
        System.arraycopy(batch.values(), 0, weights, 0, count);
        Arrays.fill(next, 0, count, NONE);
        for (int entry = 0; entry < count; entry++) {
            heads[entry] = entry;
            tails[entry] = entry;
            groups[entry] = entry;
            examples[entry] = entry;
        }
    }

    private void reserve(int entries) {
        if (entries > next.length) {
            int capacity = Math.max(entries, 2 * next.length);
            rows = new int[capacity];
            heads = new int[capacity];
            tails = new int[capacity];
            next = new int[capacity];
            examples = new int[capacity];
            groups = new int[capacity];
            weights = new float[capacity];
            order = new int[capacity];
            slots = new int[Integer.highestOneBit(capacity) * 4];
            shift = Integer.numberOfLeadingZeros(slots.length) + 1;
        }
    }

    private void append(int row, int entry) {
        int mask = slots.length - 1;
        int slot = (row * SPREAD) >>> shift;
        while (slots[slot] != NONE && rows[slots[slot]] != row) {
            slot = (slot + 1) & mask;
        }
        next[entry] = NONE;
        int group = slots[slot];
        if (group == NONE) {
            slots[slot] = count;
            rows[count] = row;
            heads[count] = entry;
            tails[count] = entry;
            groups[entry] = count++;
        } else {
            next[tails[group]] = entry;
            tails[group] = entry;
            groups[entry] = group;
        }
    }

    /** Orders the groups by the shards of their rows; within a shard they stay as they first occur. */
    void byShard(Shards shards) {
        starts = starts.length == shards.count() + 2 ? starts : new int[shards.count() + 2];
        Arrays.fill(starts, 0);
        for (int group = 0; group < count; group++) {
            starts[shards.of(rows[group]) + 2]++;
        }
        for (int shard = 2; shard < starts.length; shard++) {
            starts[shard] += starts[shard - 1];
        }
        for (int group = 0; group < count; group++) {
            order[starts[shards.of(rows[group]) + 1]++] = group;
        }
    }

    /** First place of a shard in {@link #inOrder}; that of the number of shards is the end. */
    int shardStart(int shard) {
        return starts[shard];
    }

    /** A group by its place in the order of shards. */
    int inOrder(int place) {
        return order[place];
    }

    /** Number of groups. */
    int count() {
        return count;
    }

    int row(int group) {
        return rows[group];
    }

    /** The rows of all groups, valid up to {@link #count}. */
    int[] rows() {
        return rows;
    }

    /** The group of an entry of the batch, -1 for one that has no row. */
    int of(int entry) {
        return groups[entry];
    }

    /** What an entry multiplies its row with. */
    float weight(int entry) {
        return weights[entry];
    }

    /**
     * The sum over the entries of a group of weight times gradient.
     *
     * @param gradients [examples][stride]
     * @param sum its first n numbers are written
     */
    void sum(int group, Panel gradients, int stride, Panel sum, int n) {
        int entry = heads[group];
        float[] of = gradients.values();
        float[] to = sum.values();
        // one store of a whole register: to read back what several smaller ones wrote takes as long as a cache miss
        Vectors.scaled(weights[entry], of, gradients.at(examples[entry] * stride), to, sum.offset(), n);
        for (entry = next[entry]; entry >= 0; entry = next[entry]) {
            Vectors.addScaled(weights[entry], of, gradients.at(examples[entry] * stride), to, sum.offset(), n);
        }
    }
}
