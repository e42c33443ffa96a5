package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Least squares with an l1 penalty, min over t at least 0 of |X t - y|^2 / (2 n) + lambda |t|, where a few of many
 * weights made y: the proximal step finds the others to be zero, subgradient descent leaves none at zero (section 3).
 */
class SubgradientTest {

    private static final int EXAMPLES = 60;
    private static final int WEIGHTS = 30;
    private static final float LAMBDA = 0.05f;
    private static final float RATE = 0.1f;

    private final float[][] x = new float[EXAMPLES][];
    private final double[] y = new double[EXAMPLES];

    private SubgradientTest() {
        Random random = new Random(1);
        for (int i = 0; i < EXAMPLES; i++) {
            x[i] = Operator.random(random, WEIGHTS);
            y[i] = 2 * x[i][0] + x[i][1] + 0.5 * x[i][2] + 0.1 * random.nextGaussian();
        }
    }

    private float[] gradient(float[] t) {
        float[] gradient = new float[WEIGHTS];
        for (int i = 0; i < EXAMPLES; i++) {
            double error = -y[i];
            for (int k = 0; k < WEIGHTS; k++) {
                error += x[i][k] * t[k];
            }
            for (int k = 0; k < WEIGHTS; k++) {
                gradient[k] += (float) (error * x[i][k] / EXAMPLES);
            }
        }
        return gradient;
    }

    private static float[] start() {
        float[] t = new float[WEIGHTS];
        java.util.Arrays.fill(t, 0.5f);
        return t;
    }

    @Test
    void onlyTheProximalStepLeavesExactZeros() {
        float[] proximal = start();
        float[] subgradient = start();
        for (int step = 0; step < 2000; step++) {
            float[] gradient = gradient(proximal);
            for (int k = 0; k < WEIGHTS; k++) {
                proximal[k] -= RATE * gradient[k];
            }
            Proximal.nonNegativeSoft(proximal, 0, WEIGHTS, RATE * LAMBDA);

            gradient = gradient(subgradient);
            Norms.addL1Subgradient(subgradient, 0, WEIGHTS, LAMBDA, gradient);
            for (int k = 0; k < WEIGHTS; k++) {
                subgradient[k] -= RATE * gradient[k];
            }
        }
        assertThat(Norms.l0(subgradient, 0, WEIGHTS)).isEqualTo(WEIGHTS);
        assertThat(Norms.l0(proximal, 0, WEIGHTS)).isBetween(3, 12);
        assertThat(proximal[0]).isCloseTo(2, within(0.15f));
        // Optimality: the loss's derivative is -lambda where a weight is above 0, and at least that at 0.
        float[] gradient = gradient(proximal);
        for (int k = 0; k < WEIGHTS; k++) {
            if (proximal[k] > 0) {
                assertThat(gradient[k]).isCloseTo(-LAMBDA, within(1e-4f));
            } else {
                assertThat(gradient[k]).isGreaterThanOrEqualTo(-LAMBDA - 1e-4f);
            }
        }
    }
}
