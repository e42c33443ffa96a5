package dev.longtail.matrix;

import java.util.Arrays;

/**
 * Least squares of a few unknowns: the z that minimises z'Hz / 2 - g'z for a symmetric positive definite H, with
 * unknowns that may be any number, or with the first ones at least 0.
 */
public final class NormalEquations {

    private static final int SWEEPS = 10_000;
    private static final double TOLERANCE = 1e-10;

    private NormalEquations() {}

    /**
     * The free minimum, by the factor L of H = L L' (Cholesky). H and g are overwritten; above its diagonal H is not
     * read.
     *
     * @throws IllegalArgumentException when H is not positive definite
     */
    public static double[] solve(double[][] h, double[] g) {
        factor(h);
        return substitute(h, g);
    }

    /**
     * The inverse of H, which is overwritten; above its diagonal it is not read.
     *
     * @param out [n][n], written, both halves
     * @throws IllegalArgumentException when H is not positive definite
     */
    public static void invert(double[][] h, double[][] out) {
        factor(h);
        for (int column = 0; column < h.length; column++) {
            double[] unit = out[column]; // rows in place of columns, the inverse being symmetric
            Arrays.fill(unit, 0);
            unit[column] = 1;
            substitute(h, unit);
        }
    }

    private static void factor(double[][] h) {
        for (int j = 0; j < h.length; j++) {
            double[] own = h[j];
            for (int i = j; i < h.length; i++) {
                double[] row = h[i];
                double sum = row[j];
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * own[k];
                }
                row[j] = sum;
            }
            double root = Math.sqrt(own[j]);
            if (!(root > 0)) {
                throw new IllegalArgumentException("the equations have no single solution; give a pull above 0");
            }
            for (int i = j; i < h.length; i++) {
                h[i][j] /= root;
            }
        }
    }

    private static double[] substitute(double[][] h, double[] g) {
        int n = g.length;
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
    public static double[] solveNonNegative(double[][] h, double[] g, int bounded) {
        double[] z = new double[g.length];
        descend(h, g, z, bounded, 0, TOLERANCE);
        return z;
    }

    /**
     * The minimum of z'Hz / 2 - g'z + l1 (z[0] + ... + z[bounded - 1]) with these unknowns at least 0, in the same way.
     *
     * @param z where it begins, and the minimum afterwards
     * @param tolerance it ends when no unknown moves by more than this part of the largest one
     */
    public static void descend(double[][] h, double[] g, double[] z, int bounded, double l1, double tolerance) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double moved = 0;
            double largest = 0;
            for (int j = 0; j < z.length; j++) {
                double gradient = -g[j];
                for (int k = 0; k < z.length; k++) {
                    gradient += h[j][k] * z[k];
                }
                double best = z[j] - gradient / h[j][j];
                double next = j < bounded ? Math.max(0, best - l1 / h[j][j]) : best;
                moved = Math.max(moved, Math.abs(next - z[j]));
                largest = Math.max(largest, Math.abs(next));
                z[j] = next;
            }
            if (moved <= tolerance * largest) {
                break;
            }
        }
    }
}
