package dev.longtail.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

/** Seeded arrays, and comparison with a tolerance that follows from the number and the size of the terms. */
final class Floats {

    private Floats() {}

    /** Normal numbers of mixed size, every seventh or so a zero. */
    static float[] random(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            float normal = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
            values[i] = random.nextInt(7) == 0 ? 0 : normal * (1 << random.nextInt(4));
        }
        return values;
    }

    static float[] positive(long seed, int n) {
        return magnitudes(random(seed, n));
    }

    /** Targets of -1 and +1. */
    static float[] targets(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextInt(4) == 0 ? 1 : -1;
        }
        return values;
    }

    static float[] magnitudes(float[] values) {
        float[] magnitudes = values.clone();
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]);
        }
        return magnitudes;
    }

    /**
     * Two sums of the same n terms, each rounded n times in any order, differ by at most 2 n u times the sum of the
     * terms' magnitudes, where u = 2^-24 is half a unit in the last place of 1 (Higham 2002, section 4.2).
     */
    static void assertSums(float[] actual, float[] expected, float[] sumsOfMagnitudes, int terms) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double tolerance = 2.0 * (terms + 2) * 0x1p-24 * sumsOfMagnitudes[i];
            assertWithin(actual[i], expected[i], tolerance, i);
        }
    }

    /** Elements that differ by at most this part of the larger one, or by {@code floor}. */
    static void assertRelative(float[] actual, float[] expected, double part, double floor) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double tolerance = Math.max(floor, part * Math.max(Math.abs(actual[i]), Math.abs(expected[i])));
            assertWithin(actual[i], expected[i], tolerance, i);
        }
    }

    private static void assertWithin(double actual, double expected, double tolerance, int element) {
        // written so that a number that is not a number fails
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new AssertionError(
                    "element " + element + " is " + actual + ", expected " + expected + " within " + tolerance);
        }
    }
}
