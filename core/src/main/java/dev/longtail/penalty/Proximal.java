package dev.longtail.penalty;

/**
 * Proximal operators, prox_h(w) = argmin over x of |x - w|^2 / 2 + h(x), in place on n neighbouring numbers of an
 * array. What an operator sets to zero is +0, bit for bit; a NaN stays one, so that a diverged run shows.
 *
 * <p>With h separable, as here but for {@link #groupLasso}, the argmin is taken for each coordinate. For h(x) = t|x|,
 * limited to x at least 0, the derivative x - w + t is 0 at x = w - t; where that is below 0 the function rises on all
 * of x at least 0, so x = 0: max(w - t, 0), which is the soft threshold followed by max(., 0) (eq. 3 of Liang et al.,
 * ICLR 2021).
 *
 * <p><b>k steps are one.</b> Where nothing else moves w in between, missed steps with thresholds t1 .. tk equal one
 * with their sum: max(max(w - a, 0) - b, 0) = max(w - a - b, -b, 0) = max(w - (a + b), 0), since b is at least 0. The
 * same holds for the signed and the group threshold, which shorten |w| likewise. So an untouched row need not be
 * visited before it is read ({@link DeferredThresholds}).
 */
public final class Proximal {

    private Proximal() {}

    /**
     * h(x) = 0 for x at least 0, infinite below: max(w, 0).
     *
     * @return how many of the numbers are not 0 afterwards
     */
    public static int nonNegative(float[] values, int offset, int n) {
        return nonNegativeSoft(values, offset, n, 0);
    }

    /**
     * h(x) = t x for x at least 0, infinite below: max(w - t, 0).
     *
     * @param threshold t, at least 0
     * @return how many of the numbers are not 0 afterwards
     */
    public static int nonNegativeSoft(float[] values, int offset, int n, float threshold) {
        int nonZeros = 0;
        for (int i = offset; i < offset + n; i++) {
            float value = Math.max(values[i] - threshold, 0);
            values[i] = value;
            nonZeros += value == 0 ? 0 : 1;
        }
        return nonZeros;
    }

    /**
     * The same with a threshold for each number: of an adaptive rule, whose coordinates have steps of their own, or of
     * a mask, which frees some coordinates by a threshold of 0.
     *
     * @param thresholds float[n] or longer, from its start, each at least 0
     * @return how many of the numbers are not 0 afterwards
     */
    public static int nonNegativeSoft(float[] values, int offset, int n, float[] thresholds) {
        int nonZeros = 0;
        for (int i = 0; i < n; i++) {
            float value = Math.max(values[offset + i] - thresholds[i], 0);
            values[offset + i] = value;
            nonZeros += value == 0 ? 0 : 1;
        }
        return nonZeros;
    }

    /**
     * h(x) = t |x|: sign(w) max(|w| - t, 0).
     *
     * @param threshold t, at least 0
     * @return how many of the numbers are not 0 afterwards
     */
    public static int soft(float[] values, int offset, int n, float threshold) {
        int nonZeros = 0;
        for (int i = offset; i < offset + n; i++) {
            float value = soft(values[i], threshold);
            values[i] = value;
            nonZeros += value == 0 ? 0 : 1;
        }
        return nonZeros;
    }

    /**
     * The same with a threshold for each number.
     *
     * @param thresholds float[n] or longer, from its start, each at least 0
     * @return how many of the numbers are not 0 afterwards
     */
    public static int soft(float[] values, int offset, int n, float[] thresholds) {
        int nonZeros = 0;
        for (int i = 0; i < n; i++) {
            float value = soft(values[offset + i], thresholds[i]);
            values[offset + i] = value;
            nonZeros += value == 0 ? 0 : 1;
        }
        return nonZeros;
    }

    // The sum turns the -0 of a negative number into +0.
    private static float soft(float value, float threshold) {
        return Math.copySign(Math.max(Math.abs(value) - threshold, 0), value) + 0f;
    }

    /**
     * h(x) = t |x| with the Euclidean length of the whole row, the group lasso (Yuan and Lin 2006): w max(1 - t / |w|,
     * 0). A row ends as a whole or not at all.
     *
     * @param threshold t, at least 0
     * @return how many of the numbers are not 0 afterwards
     */
    public static int groupLasso(float[] values, int offset, int n, float threshold) {
        double squares = 0;
        for (int i = offset; i < offset + n; i++) {
            squares += (double) values[i] * values[i];
        }
        // For a row of zeros the quotient is -infinity, or NaN when t is 0 as well; neither keeps anything.
        double factor = 1 - threshold / Math.sqrt(squares);
        int nonZeros = 0;
        for (int i = offset; i < offset + n; i++) {
            float value = squares == 0 || factor <= 0 ? 0 : (float) (factor * values[i]);
            values[i] = value;
            nonZeros += value == 0 ? 0 : 1;
        }
        return nonZeros;
    }
}
