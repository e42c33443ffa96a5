package dev.longtail.simd;

import static dev.longtail.simd.Floats.assertRelative;
import static dev.longtail.simd.Floats.random;
import static dev.longtail.simd.Floats.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorLossesTest {

    private static final float SCALE = 1f / 64;

    /** Largest relative error of the polynomials and the roundings around them: a few units in the last place. */
    private static final double PART = 8 * 0x1p-24;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    static IntStream lengths() {
        return IntStream.rangeClosed(0, 130);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredHinge(int batch) {
        float[] scores = random(batch, batch);
        float[] targets = targets(batch, batch);
        float[] actual = new float[batch];
        float[] expected = new float[batch];
        float loss = vector.squaredHinge(scores, targets, batch, SCALE, actual);
        float expectedLoss = scalar.squaredHinge(scores, targets, batch, SCALE, expected);
        assertRelative(actual, expected, 0x1p-23, 0);
        assertRelative(new float[] {loss}, new float[] {expectedLoss}, (batch + 2) * 0x1p-23, 0);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void squaredHingeIsZeroExactlyWhereNothingIsViolated(int batch) {
        float[] targets = targets(batch, batch);
        float[] dScores = new float[batch];
        assertThat(vector.squaredHinge(targets.clone(), targets, batch, SCALE, dScores))
                .isZero();
        assertThat(IntStream.range(0, batch).filter(i -> dScores[i] != 0)).isEmpty();
        for (int violated = 0; violated < batch; violated++) {
            float[] scores = targets.clone();
            scores[violated] *= Math.nextDown(1f);
            assertThat(vector.squaredHinge(scores, targets, batch, SCALE, dScores))
                    .isPositive();
            assertThat(dScores[violated]).isNotZero();
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void logistic(int batch) {
        float[] scores = random(batch, batch);
        assertLogistic(scores, targets(batch, batch));
    }

    @Test
    void logisticOverTheRangeOfFloats() {
        for (float size = 1e-30f; size < 1e30f; size *= 1.7f) {
            float[] scores = new float[64];
            Arrays.fill(scores, size);
            for (int i = 0; i < 64; i += 2) {
                scores[i] = -size;
            }
            assertLogistic(scores, targets(3, 64));
        }
    }

    /** In steps fine enough to meet every interval of the range reduction at both its ends. */
    @Test
    void logisticOverTheRangeThatMatters() {
        float[] scores = new float[128];
        for (float first = -90; first < 90; first += 0.5f) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = first + i / 256f;
            }
            assertLogistic(scores, targets(5, scores.length));
        }
    }

    @Test
    void whatIsNotANumberIsNotHidden() {
        for (int at = 0; at < 70; at++) {
            float[] scores = new float[70];
            scores[at] = Float.NaN;
            float[] targets = targets(1, 70);
            float[] dScores = new float[70];
            assertThat(vector.logistic(scores, targets, 70, 1f, dScores)).isNaN();
            assertThat(dScores[at]).isNaN();
            assertThat(vector.squaredHinge(scores, targets, 70, 1f, dScores)).isNaN();
            assertThat(dScores[at]).isNaN();
        }
        float[] infinite = new float[64];
        infinite[7] = Float.POSITIVE_INFINITY;
        float[] negative = new float[64];
        Arrays.fill(negative, -1f);
        assertThat(vector.logistic(infinite, negative, 64, 1f, new float[64])).isInfinite();
    }

    private void assertLogistic(float[] scores, float[] targets) {
        int batch = scores.length;
        float[] actual = new float[batch];
        float[] expected = new float[batch];
        float loss = vector.logistic(scores, targets, batch, SCALE, actual);
        float expectedLoss = scalar.logistic(scores, targets, batch, SCALE, expected);
        // Exponentials stop at exp(-80) = 1.8e-35; what is below it may be anything that small.
        assertRelative(actual, expected, PART, SCALE * 2e-35);
        double tolerance = (PART + batch * 0x1p-24) * expectedLoss + batch * 2e-35;
        assertThat((double) loss).isCloseTo(expectedLoss, within(tolerance));
    }
}
