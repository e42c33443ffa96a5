package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.loss.BregmanLoss;
import dev.longtail.loss.SeparableLoss;
import dev.longtail.loss.SoftmaxLoss;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmissionTest {

    private static final int DRAWS = 20_000;
    private static final float[] SCORES = {0.3f, -1, 2};

    static List<BregmanLoss> all() {
        return BregmanLoss.all();
    }

    /** Mean and variance of each number of an observation. */
    private static double[][] moments(Emission emission, boolean[] possible) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] moments = new double[3][2];
        float[] y = new float[3];
        for (int draw = 0; draw < DRAWS; draw++) {
            emission.draw(SCORES, 3, random, y);
            double total = 0;
            for (int i = 0; i < 3; i++) {
                moments[i][0] += y[i] / DRAWS;
                moments[i][1] += y[i] * y[i] / DRAWS;
                possible[0] &= emission.loss() == SeparableLoss.SQUARED || (y[i] >= 0 && y[i] <= 1);
                total += y[i];
            }
            possible[0] &= emission.loss() != SoftmaxLoss.SOFTMAX || Math.abs(total - 1) < 1e-6;
        }
        for (double[] moment : moments) {
            moment[1] -= moment[0] * moment[0];
        }
        return moments;
    }

    /** The mean is grad g whatever beta is; the variance is the second derivative of g, divided by beta. */
    @ParameterizedTest
    @MethodSource("all")
    void observationsHaveTheFamilysMeanAndABetathOfItsVariance(BregmanLoss loss) {
        float[] mean = new float[3];
        loss.mean(SCORES, 3, mean);
        for (int beta : new int[] {1, 4, 25}) {
            boolean[] possible = {true};
            double[][] moments = moments(new Emission(loss, beta), possible);
            assertThat(possible[0]).isTrue();
            for (int i = 0; i < 3; i++) {
                double variance = (loss == SeparableLoss.SQUARED ? 1 : mean[i] * (1 - mean[i])) / beta;
                assertThat(moments[i][0]).isCloseTo(mean[i], within(4 * Math.sqrt(variance / DRAWS)));
                assertThat(moments[i][1]).isCloseTo(variance, within(0.06 * variance));
            }
        }
    }
}
