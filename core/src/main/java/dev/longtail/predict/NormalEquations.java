package dev.longtail.predict;

/**
 * Least squares of a few unknowns: the z that minimises z'Hz / 2 - g'z for a symmetric positive definite H, with
 * unknowns that may be any number, or with the first ones at least 0.
 */
final class NormalEquations {

    private static final int SWEEPS = 10_000;
    private static final double TOLERANCE = 1e-10;

    private NormalEquations() {}

    /** The free minimum, by the factor L of H = L L' (Cholesky). H and g are overwritten. */
    static double[] solve(double[][] h, double[] g) {
        int n = g.length;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                for (int i = j; i < n; i++) {
                    h[i][j] -= h[i][k] * h[j][k];
                }
            }
            double root = Math.sqrt(h[j][j]);
            if (!(root > 0)) {
                throw new IllegalArgumentException("the equations have no single solution; give a pull above 0");
            }
            for (int i = j; i < n; i++) {
                h[i][j] /= root;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                g[i] -= h[i][k] * g[k];
            }
            g[i] /= h[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                g[i] -= h[k][i] * g[k];
            }
            g[i] /= h[i][i];
        }
        return g;
    }

    /**
     * The minimum with the first {@code bounded} unknowns at least 0, by coordinate descent: in turn each unknown takes
     * the best value for the others as they are, which ends at the minimum since the sum is convex.
     */
    static double[] solveNonNegative(double[][] h, double[] g, int bounded) {
        double[] z = new double[g.length];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double moved = 0;
            double largest = 0;
            for (int j = 0; j < z.length; j++) {
                double gradient = -g[j];
                for (int k = 0; k < z.length; k++) {
                    gradient += h[j][k] * z[k];
                }
                double best = z[j] - gradient / h[j][j];
                double next = j < bounded ? Math.max(0, best) : best;
                moved = Math.max(moved, Math.abs(next - z[j]));
                largest = Math.max(largest, Math.abs(next));
                z[j] = next;
            }
            if (moved <= TOLERANCE * largest) {
                break;
            }
        }
        return z;
    }
}
