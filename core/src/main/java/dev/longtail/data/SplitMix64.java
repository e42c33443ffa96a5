package dev.longtail.data;

/**
 * The generator of Steele, Lea and Flood 2014 ("Fast splittable pseudorandom number generators", figure 16), written
 * out so that a seed gives the same numbers on every Java release.
 */
final class SplitMix64 {

    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /** Numbers that depend on a seed and on what they are for. */
    SplitMix64(long seed, long stream) {
        state = hash(seed, stream);
    }

    /** The same 64 bits for the same two numbers. */
    static long hash(long seed, long number) {
        return mix(mix(seed + GAMMA) + GAMMA * (number + 1));
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }

    long next() {
        state += GAMMA;
        return mix(state);
    }

    /** A number from 0 to bound - 1; uneven by less than bound / 2^63. */
    int next(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }
}
