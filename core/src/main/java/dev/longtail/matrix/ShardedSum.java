package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Scratch;
import dev.longtail.kernel.Vectors;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sum to which shards contribute at the same time: each has an array of its own, and the arrays are added in the
 * order of the shards. Floating-point addition is not associative; this order is what makes the result the same for any
 * number of threads.
 */
public final class ShardedSum {

    private static final int SLICES = 16;

    private final List<Panel> parts = new ArrayList<>();

    /** For {@code shards} arrays of up to {@code capacity} numbers. */
    public ShardedSum(int shards, int capacity) {
        int[] lengths = new int[shards];
        Arrays.fill(lengths, capacity);
        Scratch scratch = Scratch.of(lengths);
        for (int shard = 0; shard < shards; shard++) {
            parts.add(scratch.panel(shard));
        }
    }

    /** The array of a shard, with its first {@code n} numbers set to zero. */
    public Panel cleared(int shard, int n) {
        Panel part = parts.get(shard);
        Arrays.fill(part.values(), part.offset(), part.offset() + n, 0);
        return part;
    }

    /** The array of a shard as it is. */
    Panel part(int shard) {
        return parts.get(shard);
    }

    /** sum[i] = parts[0][i] + parts[1][i] + ... for 0 <= i < n. */
    public void into(Panel sum, int n, Workers workers) {
        workers.run(SLICES, (slice, worker) -> {
            int from = (int) (n * (long) slice / SLICES);
            int length = (int) (n * (long) (slice + 1) / SLICES) - from;
            Panel first = parts.get(0);
            System.arraycopy(first.values(), first.at(from), sum.values(), sum.at(from), length);
            for (Panel part : parts.subList(1, parts.size())) {
                Vectors.addScaled(1, part.values(), part.at(from), sum.values(), sum.at(from), length);
            }
        });
    }
}
