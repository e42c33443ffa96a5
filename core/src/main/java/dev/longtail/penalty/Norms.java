package dev.longtail.penalty;

/** Sizes of n neighbouring numbers of an array, as penalties count them. */
public final class Norms {

    private Norms() {}

    /** Sum of |w|, which lambda2 weighs in eq. 1. */
    public static double l1(float[] values, int offset, int n) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += Math.abs(values[i]);
        }
        return sum;
    }

    /** Number of w that are not 0, which lambda2 weighs in eq. 5 and 6. */
    public static int l0(float[] values, int offset, int n) {
        int nonZeros = 0;
        for (int i = offset; i < offset + n; i++) {
            nonZeros += values[i] == 0 ? 0 : 1;
        }
        return nonZeros;
    }

    /** Square root of the sum of w^2: what the group lasso adds up over rows. */
    public static double l2(float[] values, int offset, int n) {
        double squares = 0;
        for (int i = offset; i < offset + n; i++) {
            squares += (double) values[i] * values[i];
        }
        return Math.sqrt(squares);
    }

    /**
     * Adds scale times a subgradient of the l1 norm, sign(w) and 0 at 0. Descent along it jumps over 0 instead of
     * ending there; {@link Proximal} is the way to exact zeros.
     *
     * @param dValues array that is added to, at the places of the values
     */
    public static void addL1Subgradient(float[] values, int offset, int n, float scale, float[] dValues) {
        for (int i = offset; i < offset + n; i++) {
            dValues[i] += scale * Math.signum(values[i]);
        }
    }
}
