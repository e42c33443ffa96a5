package dev.longtail.matrix;

import dev.longtail.kernel.Vectors;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * A sum to which shards contribute at the same time: each has an array of its own, and the arrays are added in the
 * order of the shards. Floating-point addition is not associative; this order is what makes the result the same for any
 * number of threads.
 */
public final class ShardedSum {

    private static final int SLICES = 16;

    private final float[][] parts;

    /** For {@code shards} arrays of up to {@code capacity} numbers. */
    public ShardedSum(int shards, int capacity) {
        parts = new float[shards][capacity];
    }

    /** The array of a shard, with its first {@code n} numbers set to zero. */
    public float[] cleared(int shard, int n) {
        Arrays.fill(parts[shard], 0, n, 0);
        return parts[shard];
    }

    /** The array of a shard as it is. */
    float[] part(int shard) {
        return parts[shard];
    }

    /** sum[i] = parts[0][i] + parts[1][i] + ... for 0 <= i < n. */
    public void into(float[] sum, int n, Workers workers) {
        workers.run(SLICES, (slice, worker) -> {
            int from = (int) (n * (long) slice / SLICES);
            int length = (int) (n * (long) (slice + 1) / SLICES) - from;
            System.arraycopy(parts[0], from, sum, from, length);
            for (int shard = 1; shard < parts.length; shard++) {
                Vectors.addScaled(1, parts[shard], from, sum, from, length);
            }
        });
    }
}
