package dev.longtail.matrix;

/**
 * The 16-bit format bfloat16: the upper half of a 32-bit float, so 8 bits of exponent and 8 of significand. A weight
 * that is rounded to the nearest one after every step stands still as soon as its steps are smaller than half the
 * distance to the next number; stochastic rounding goes up or down with the probability that keeps the mean, so small
 * steps add up (Gupta et al., ICML 2015; for classifiers of millions of labels ELMO, ICML 2025).
 */
public final class BrainFloat {

    private BrainFloat() {}

    /** The number as a float, exact. */
    public static float toFloat(char value) {
        return Float.intBitsToFloat(value << 16);
    }

    /** The nearest number, to even in the middle; infinities and NaN stay what they are. */
    public static char nearest(float value) {
        if (Float.isNaN(value)) {
            return 0x7fc0;
        }
        int bits = Float.floatToRawIntBits(value);
        return (char) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    /**
     * One of the two neighbours of a finite value, the nearer the likelier: E[result] = value.
     *
     * @param random bits, of which the lower 16 are used
     */
    public static char stochastic(float value, int random) {
        if (!Float.isFinite(value)) {
            return nearest(value);
        }
        return (char) ((Float.floatToRawIntBits(value) + (random & 0xffff)) >>> 16);
    }
}
