package dev.longtail.output;

import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.WeightRow;
import dev.longtail.output.PrunedIndex.Page;
import java.util.Arrays;

/** Puts rows of a layer into a {@link PrunedIndex}; scratch of one worker. */
final class PrunedRow {

    private final PrunedIndex index;
    private final WeightRow read;
    private final float[] weights;
    private final int[] inputs;
    private final long[] keys;

    PrunedRow(PrunedIndex index) {
        this.index = index;
        this.read = new WeightRow(index.width());
        this.weights = new float[index.width()];
        this.inputs = new int[index.width()];
        this.keys = new long[index.width()];
    }

    /** Writes label {@code label} of the block of {@code labels} labels that begins at {@code first} of the page. */
    void put(Page page, int first, int labels, int label) {
        RowsLayer layer = index.layer();
        int row = page.rows()[first + label];
        int shard = layer.shards().of(row);
        int place = row - layer.shards().first(shard);
        LabelRows rows = layer.rows(shard);
        rows.read(place, read);
        page.bias()[first + label] = rows.bias()[place];
        if (index.isSparse()) {
            largestFirst(rows, place);
        } else {
            for (int slot = 0; slot < weights.length; slot++) {
                weights[slot] = read.values()[read.offset() + index.inputOrder()[slot]];
            }
        }
        double rest = 0;
        for (int piece = index.pieces() - 1; piece >= 0; piece--) {
            int start = index.start(piece);
            int length = index.start(piece + 1) - start;
            int to = first * index.width() + labels * start + label * length;
            for (int i = 0; i < length; i++) {
                rest += (double) weights[start + i] * weights[start + i];
                page.weights()[to + i] = weights[start + i];
                if (index.isSparse()) {
                    page.indices()[to + i] = (char) inputs[start + i];
                }
            }
            // rounded up, so that it bounds
            page.rests()[first * index.pieces() + labels * piece + label] = Math.nextUp((float) Math.sqrt(rest));
        }
    }

    private void largestFirst(LabelRows rows, int place) {
        merge(rows, place);
        for (int slot = 0; slot < keys.length; slot++) {
            keys[slot] = (long) -Float.floatToIntBits(Math.abs(weights[slot])) << 32 | slot;
        }
        Arrays.sort(keys);
        for (int slot = 0; slot < keys.length; slot++) {
            int from = (int) keys[slot];
            keys[slot] = (long) inputs[from] << 32 | Float.floatToRawIntBits(weights[from]) & 0xFFFFFFFFL;
        }
        for (int slot = 0; slot < keys.length; slot++) {
            inputs[slot] = (int) (keys[slot] >>> 32);
            weights[slot] = Float.intBitsToFloat((int) keys[slot]);
        }
    }

    /**
     * Reads a row. Where a file connects two slots to one input, one gets the weight of both: the bound on the rest of
     * the inputs counts each of them once.
     */
    private void merge(LabelRows rows, int place) {
        for (int slot = 0; slot < weights.length; slot++) {
            inputs[slot] = rows.input(place, slot);
            keys[slot] = (long) inputs[slot] << 32 | slot;
        }
        Arrays.sort(keys);
        int kept = -1;
        for (long key : keys) {
            int slot = (int) key;
            float weight = read.values()[read.offset() + slot];
            if (kept >= 0 && inputs[kept] == inputs[slot]) {
                weights[kept] += weight;
                weights[slot] = 0;
            } else {
                weights[slot] = weight;
                kept = slot;
            }
        }
    }
}
