package dev.longtail.data;

import dev.longtail.parallel.RandomStream;

/**
 * The generator of Steele, Lea and Flood 2014 ("Fast splittable pseudorandom number generators", figure 16), written
 * out so that a seed gives the same numbers on every Java release.
 */
public final class SplitMix64 {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Numbers that depend on a seed and on what they are for. */
    public SplitMix64(long seed, long stream) {
        state = RandomStream.key(seed, stream, 0);
    }

    /** Any number. */
    public long next() {
        state += GAMMA;
        return RandomStream.mix(state);
    }

    /** A number from 0 to bound - 1; uneven by less than bound / 2^63. */
    public int next(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }
}
