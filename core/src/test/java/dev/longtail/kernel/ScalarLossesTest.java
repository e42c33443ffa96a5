package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarLossesTest {

    private static final float SCALE = 0.125f;

    private final Kernels kernels = new ScalarKernels();

    @ParameterizedTest
    @ValueSource(floats = {-1, 1})
    void squaredHingeAgreesWithItsNumericalDerivative(float target) {
        DoubleUnaryOperator loss = score -> Math.pow(Math.max(0, 1 - target * score), 2);
        for (float score = -6; score <= 6; score += 0.37f) {
            float[] dScore = new float[1];
            float value = kernels.squaredHinge(new float[] {score}, new float[] {target}, 1, SCALE, dScore);
            assertThat((double) value).isCloseTo(loss.applyAsDouble(score), within(1e-5));
            assertThat((double) dScore[0]).isCloseTo(SCALE * derivative(loss, score), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 1})
    void logisticAgreesWithItsNumericalDerivative(float target) {
        DoubleUnaryOperator loss = score -> Math.log(1 + Math.exp(-target * score));
        for (float score = -6; score <= 6; score += 0.37f) {
            float[] dScore = new float[1];
            float value = kernels.logistic(new float[] {score}, new float[] {target}, 1, SCALE, dScore);
            assertThat((double) value).isCloseTo(loss.applyAsDouble(score), within(1e-6));
            assertThat((double) dScore[0]).isCloseTo(SCALE * derivative(loss, score), within(1e-6));
        }
    }

    @Test
    void squaredHingeIsExactlyZeroFromTheMarginOn() {
        float[] scores = {1f, -1f, Math.nextUp(1f), -100f};
        float[] targets = {1f, -1f, 1f, -1f};
        float[] dScores = {9, 9, 9, 9};
        assertThat(kernels.squaredHinge(scores, targets, 4, 1f, dScores)).isZero();
        assertThat(dScores).containsOnly(0f, -0f);

        scores[2] = Math.nextDown(1f);
        assertThat(kernels.squaredHinge(scores, targets, 4, 1f, dScores)).isPositive();
        assertThat(dScores[2]).isNegative();
    }

    @Test
    void logisticStaysFiniteAtLargeScores() {
        float[] scores = {1e4f, -1e4f, 1e4f, -1e4f};
        float[] targets = {1f, 1f, -1f, -1f};
        float[] dScores = new float[4];
        assertThat(kernels.logistic(scores, targets, 4, 2f, dScores)).isEqualTo(2e4f);
        assertThat(dScores[0]).isZero();
        assertThat(dScores[1]).isEqualTo(-2f);
        assertThat(dScores[2]).isEqualTo(2f);
        assertThat(dScores[3]).isZero();
    }

    @Test
    void aScoreThatIsNotANumberIsNotHidden() {
        float[] scores = {0f, Float.NaN};
        float[] targets = {1f, 1f};
        assertThat(kernels.squaredHinge(scores, targets, 2, 1f, new float[2])).isNaN();
        assertThat(kernels.logistic(scores, targets, 2, 1f, new float[2])).isNaN();
    }

    private static double derivative(DoubleUnaryOperator f, double at) {
        double step = 1e-5;
        return (f.applyAsDouble(at + step) - f.applyAsDouble(at - step)) / (2 * step);
    }
}
