package dev.longtail.topology;

import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;

/**
 * The floor(fraction * slots) smallest of the whole layer, counted exactly. The largest magnitude that falls is found
 * by a radix selection on the bits of the floats, which are in the order of the numbers when these are not negative:
 * two passes over the layer count digits of 16 bits; nothing is sorted or copied. Where only some of equal weights
 * fall (fresh ones are all 0), which ones is decided by a permutation of the slots' numbers, drawn for the step, so
 * that no label is worse off for its place; this takes three more passes.
 */
final class LayerPruning implements Pruning {

    private static final int DIGIT = 16;
    private static final int PLACE_BITS = 48;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

    private final RewireSchedule schedule;
    private final SparseLayer layer;

    LayerPruning(RewireSchedule schedule, SparseLayer layer) {
        this.schedule = schedule;
        this.layer = layer;
    }

    /** Digit of a slot, or -1 when it is not to be counted. */
    @FunctionalInterface
    private interface Digits {
        int of(int bits, long place);
    }

    /**
     * The last slot that falls.
     *
     * @param bits of its magnitude; -1 when none falls
     * @param turn among slots of that magnitude, the last that falls
     */
    private record Border(int bits, long turn) {}

    @Override
    public Verdict at(long step, Workers workers) {
        long key = RandomStream.key(layer.seed(), step, -1);
        Border border = border((long) (schedule.fraction(step) * (double) layer.slots()), key, workers);
        return (shard, row, scratch) -> {
            long first = place(shard, row, scratch.magnitudes.length);
            int count = 0;
            for (int slot = 0; slot < scratch.magnitudes.length; slot++) {
                int bits = Float.floatToIntBits(scratch.magnitudes[slot]);
                boolean falls = bits < border.bits || bits == border.bits && turn(first + slot, key) <= border.turn;
                scratch.pruned[slot] = falls;
                count += falls ? 1 : 0;
            }
            return count;
        };
    }

    private Border border(long count, long key, Workers workers) {
        if (count == 0) {
            return new Border(-1, -1);
        }
        long left = count;
        long equal = 0;
        int magnitude = 0;
        for (int shift = DIGIT; shift >= 0; shift -= DIGIT) {
            long[] bins = bins(workers, magnitudeDigits(magnitude, shift));
            int bin = 0;
            for (; left > bins[bin]; bin++) {
                left -= bins[bin];
            }
            magnitude |= bin << shift;
            equal = bins[bin];
        }
        return new Border(magnitude, left == equal ? PLACE_MASK : lastTurn(left, magnitude, key, workers));
    }

    private static Digits magnitudeDigits(int prefix, int shift) {
        return (bits, place) -> shift == 0 && bits >>> DIGIT != prefix >>> DIGIT ? -1 : bits >>> shift & 0xffff;
    }

    /** The turn of the {@code count}-th slot among those of a magnitude. */
    private long lastTurn(long count, int magnitude, long key, Workers workers) {
        long left = count;
        long last = 0;
        for (int shift = PLACE_BITS - DIGIT; shift >= 0; shift -= DIGIT) {
            int from = shift;
            long prefix = last >>> shift + DIGIT;
            long[] bins = bins(workers, (bits, place) -> {
                if (bits != magnitude) {
                    return -1;
                }
                long turn = turn(place, key);
                return turn >>> from + DIGIT == prefix ? (int) (turn >>> from & 0xffff) : -1;
            });
            int bin = 0;
            for (; left > bins[bin]; bin++) {
                left -= bins[bin];
            }
            last |= (long) bin << shift;
        }
        return last;
    }

    /** How many slots have each digit. */
    private long[] bins(Workers workers, Digits digits) {
        long[][] ofWorkers = new long[workers.threads()][1 << DIGIT];
        workers.run(layer.shards().size(), (shard, worker) -> count(shard, digits, ofWorkers[worker]));
        long[] bins = ofWorkers[0];
        for (int worker = 1; worker < ofWorkers.length; worker++) {
            for (int bin = 0; bin < bins.length; bin++) {
                bins[bin] += ofWorkers[worker][bin];
            }
        }
        return bins;
    }

    private void count(int number, Digits digits, long[] bins) {
        SparseLayer.Shard shard = layer.shards().get(number);
        float[] magnitudes = new float[shard.rows().width()];
        for (int row = 0; row < shard.rows().indexRows(); row++) {
            shard.magnitudes(row, magnitudes);
            long first = place(number, row, magnitudes.length);
            for (int slot = 0; slot < magnitudes.length; slot++) {
                int digit = digits.of(Float.floatToIntBits(magnitudes[slot]), first + slot);
                if (digit >= 0) {
                    bins[digit]++;
                }
            }
        }
    }

    private long place(int shard, int row, int width) {
        return ((long) layer.shards().get(shard).firstIndexRow() + row) * width;
    }

    /** A permutation of the numbers of 48 bits: each line can be undone. */
    static long turn(long place, long key) {
        long x = place + key & PLACE_MASK;
        x = x * 0xBF58476D1CE4E5B9L & PLACE_MASK;
        x ^= x >>> 24;
        x = x * 0x94D049BB133111EBL & PLACE_MASK;
        return x ^ x >>> 24;
    }
}
