package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {

    private static double[][] positive(int n, Random random) {
        double[][] h = new double[n][n];
        for (int term = 0; term < 2 * n; term++) {
            double[] v = random.doubles(n, -1, 1).toArray();
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    h[j][k] += v[j] * v[k];
                }
            }
        }
        return h;
    }

    private static double[][] copy(double[][] h) {
        double[][] copy = new double[h.length][];
        for (int j = 0; j < h.length; j++) {
            copy[j] = h[j].clone();
        }
        return copy;
    }

    private static double row(double[][] h, int j, double[] z) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            sum += h[j][k] * z[k];
        }
        return sum;
    }

    @Test
    void theSolutionSolvesAndTheInverseInverts() {
        Random random = new Random(1);
        for (int n = 1; n <= 12; n++) {
            double[][] h = positive(n, random);
            double[] g = random.doubles(n, -3, 3).toArray();
            double[] z = NormalEquations.solve(copy(h), g.clone());
            double[][] inverse = new double[n][n];
            NormalEquations.invert(copy(h), inverse);
            for (int j = 0; j < n; j++) {
                assertThat(row(h, j, z)).isCloseTo(g[j], within(1e-7));
                for (int k = 0; k < n; k++) {
                    assertThat(row(h, j, inverse[k])).isCloseTo(j == k ? 1 : 0, within(1e-7));
                }
            }
        }
    }

    /** Conditions of Karush, Kuhn and Tucker, and by hand: z^2 - 3 z + l1 z is least at (3 - l1) / 2. */
    @Test
    void theDescentEndsAtTheLeastValue() {
        double[] one = {0};
        NormalEquations.descend(new double[][] {{2}}, new double[] {3}, one, 1, 1, 1e-12);
        assertThat(one[0]).isCloseTo(1, within(1e-12));
        NormalEquations.descend(new double[][] {{2}}, new double[] {3}, one, 1, 4, 1e-12);
        assertThat(one[0]).isZero();
        Random random = new Random(2);
        int zeros = 0;
        for (int round = 0; round < 20; round++) {
            double[][] h = positive(7, random);
            double[] g = random.doubles(7, -3, 3).toArray();
            double[] z = random.doubles(7, 0, 1).toArray();
            NormalEquations.descend(h, g, z, 5, 0.4, 1e-12);
            for (int j = 0; j < 7; j++) {
                double gradient = row(h, j, z) - g[j] + (j < 5 ? 0.4 : 0);
                if (j < 5 && z[j] == 0) {
                    zeros++;
                    assertThat(gradient).isGreaterThan(-1e-6);
                } else {
                    assertThat(gradient).isCloseTo(0, within(1e-6));
                }
            }
        }
        assertThat(zeros).isBetween(10, 90);
    }

    @Test
    void equationsWithoutASolutionAreTold() {
        assertThatThrownBy(() -> NormalEquations.invert(new double[2][2], new double[2][2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no single solution");
    }
}
