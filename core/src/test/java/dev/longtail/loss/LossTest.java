package dev.longtail.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {

    @ParameterizedTest
    @EnumSource(Loss.class)
    void theDerivativeIsTheSlope(Loss loss) {
        for (int target = -1; target <= 1; target += 2) {
            for (double z = -6; z <= 6; z += 0.37) {
                double slope = (loss.value(z + 1e-5, target) - loss.value(z - 1e-5, target)) / 2e-5;
                assertThat(loss.derivative(z, target)).isCloseTo(slope, within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void theKernelEqualsValueAndDerivative(Loss loss) {
        int n = 37;
        float[] scores = new float[n];
        float[] targets = new float[n];
        for (int i = 0; i < n; i++) {
            scores[i] = (i - 18) * 0.4f;
            targets[i] = i % 3 == 0 ? 1 : -1;
        }
        float[] gradient = new float[n];
        float sum = loss.gradient(scores, targets, n, 0.25f, gradient);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += loss.value(scores[i], (int) targets[i]);
            assertThat((double) gradient[i])
                    .isCloseTo(0.25 * loss.derivative(scores[i], (int) targets[i]), within(1e-5));
        }
        assertThat((double) sum).isCloseTo(expected, within(1e-4 * expected));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void extremeScoresStayFinite(Loss loss) {
        for (double z : new double[] {-1e4, -100, 100, 1e4}) {
            assertThat(loss.value(z, 1)).isFinite();
            assertThat(loss.derivative(z, -1)).isFinite();
            assertThat(loss.probability(z)).isBetween(0.0, 1.0);
        }
    }

    /** At a constant score the expected loss p L(z, 1) + (1 - p) L(z, -1) is least where probability(z) is p. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void theProbabilityIsThatOfTheLeastExpectedLoss(Loss loss) {
        for (double p = 0.1; p < 1; p += 0.2) {
            double best = -3;
            for (double z = -3; z <= 3; z += 0.001) {
                if (expected(loss, z, p) < expected(loss, best, p)) {
                    best = z;
                }
            }
            assertThat(loss.probability(best)).isCloseTo(p, within(1e-3));
        }
    }

    private static double expected(Loss loss, double z, double p) {
        return p * loss.value(z, 1) + (1 - p) * loss.value(z, -1);
    }
}
