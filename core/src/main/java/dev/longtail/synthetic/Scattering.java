package dev.longtail.synthetic;

import dev.longtail.parallel.RandomStream;

/**
 * A permutation of 0 to n - 1 that looks random and needs no memory: rounds of a multiplication and a shift, each
 * invertible on a power of two, walked along until the result is below n (Black and Rogaway, "Ciphers with arbitrary
 * finite domains", CT-RSA 2002).
 */
final class Scattering {

    private static final int ROUNDS = 3;

    private final int n;
    private final long mask;
    private final int shift;
    private final long[] factors = new long[ROUNDS];
    private final long[] inverses = new long[ROUNDS];
    private final long[] offsets = new long[ROUNDS];

    /** @param n at least 1 */
    Scattering(int n, long seed) {
        this.n = n;
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(n - 1));
        this.mask = (1L << bits) - 1;
        this.shift = (bits + 1) / 2; // x ^ x >>> shift is its own inverse from half of the bits on
        for (int round = 0; round < ROUNDS; round++) {
            factors[round] = RandomStream.key(seed, 0, round) | 1;
            inverses[round] = inverse(factors[round]);
            offsets[round] = RandomStream.key(seed, 1, round);
        }
    }

    /** Inverse of an odd number modulo 2^64, by Newton's iteration: each turn doubles the bits that are right. */
    private static long inverse(long odd) {
        long inverse = odd; // right in three bits
        for (int right = 3; right < Long.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** Where a place goes. */
    int to(int place) {
        long x = place;
        do {
            for (int round = 0; round < ROUNDS; round++) {
                x = (x * factors[round] + offsets[round]) & mask;
                x ^= x >>> shift;
            }
        } while (x >= n);
        return (int) x;
    }

    /** The place that goes there. */
    int from(int target) {
        long x = target;
        do {
            for (int round = ROUNDS - 1; round >= 0; round--) {
                x ^= x >>> shift;
                x = ((x - offsets[round]) * inverses[round]) & mask;
            }
        } while (x >= n);
        return (int) x;
    }
}
