package dev.longtail.parallel;

import java.util.SplittableRandom;

/**
 * Random numbers that belong to a place, not to a thread: a stream is made from (seed, step, row), so the same place
 * gets the same numbers whatever runs before it or beside it.
 */
public final class RandomStream {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private RandomStream() {}

    /** The stream of one place. */
    public static SplittableRandom of(long seed, long step, long row) {
        return new SplittableRandom(key(seed, step, row));
    }

    /** Mixes the three numbers of a place into one. */
    public static long key(long seed, long step, long row) {
        return mix(mix(mix(seed + GOLDEN) + step * GOLDEN) + row * GOLDEN);
    }

    /**
     * The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a bijection whose every output bit depends on
     * every input bit.
     */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
