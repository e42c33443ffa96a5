package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Scratch;
import dev.longtail.kernel.Vectors;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sum to which shards contribute at the same time: each has an array of its own, or a fixed sequence of neighbours
 * shares one, and the arrays are added in the order of the shards. Floating-point addition is not associative; this
 * order is what makes the result the same for any number of threads.
 */
public final class ShardedSum {

    /** What a shard contributes. */
    @FunctionalInterface
    public interface Contribution {

        /** @param part array that the shard adds to */
        void add(int shard, int worker, Panel part);
    }

    private static final int SLICES = 16;
    private static final long BOUND = (64L << 20) / Float.BYTES;
    /** Fewer would leave the processors of a small machine idle. */
    private static final int LEAST = 4;

    private final int shards;
    private final List<Panel> parts = new ArrayList<>();

    private ShardedSum(int shards, int count, int capacity) {
        this.shards = shards;
        int[] lengths = new int[count];
        Arrays.fill(lengths, capacity);
        Scratch scratch = Scratch.of(lengths);
        for (int part = 0; part < count; part++) {
            parts.add(scratch.panel(part));
        }
    }

    /**
     * For {@code shards} shards that share so many arrays as take 64 MiB together, four at least and one for each shard
     * at most: with 100,000 inputs and a batch of 64, sixteen arrays would take 410 MB. The number of arrays depends on
     * {@code shards} and {@code capacity} only, so the sums are the same for any number of threads; no more threads can
     * work at the same time than there are arrays.
     */
    public static ShardedSum bounded(int shards, int capacity) {
        long fit = BOUND / Math.max(1, capacity);
        return new ShardedSum(shards, (int) Math.min(shards, Math.max(LEAST, fit)), capacity);
    }

    /** Number of arrays. */
    public int parts() {
        return parts.size();
    }

    /**
     * Lets every shard contribute {@code n} numbers: each array is cleared, and its shards, neighbours, add to it one
     * after the other.
     */
    public void gather(int n, Workers workers, Contribution contribution) {
        int count = parts.size();
        workers.run(count, (part, worker) -> {
            Panel sum = cleared(part, n);
            int end = (int) ((part + 1L) * shards / count);
            for (int shard = (int) ((long) part * shards / count); shard < end; shard++) {
                contribution.add(shard, worker, sum);
            }
        });
    }

    /** An array, with its first {@code n} numbers set to zero. */
    public Panel cleared(int number, int n) {
        Panel part = parts.get(number);
        Arrays.fill(part.values(), part.offset(), part.offset() + n, 0);
        return part;
    }

    /** An array as it is. */
    Panel part(int number) {
        return parts.get(number);
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
