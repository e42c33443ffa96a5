package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProximalTest {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** Golden section: finds the minimum of a convex function. */
    private static double argmin(DoubleUnaryOperator f, double low, double high) {
        double a = low;
        double b = high;
        while (b - a > 1e-9) {
            double left = b - GOLDEN * (b - a);
            double right = a + GOLDEN * (b - a);
            // both infinite: left of the domain, which begins at 0
            if (f.applyAsDouble(left) <= f.applyAsDouble(right) && f.applyAsDouble(left) < Double.POSITIVE_INFINITY) {
                b = right;
            } else {
                a = left;
            }
        }
        return (a + b) / 2;
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void oneCoordinateEqualsTheNumericMinimiser(Operator operator) {
        Random random = new Random(1);
        for (int instance = 0; instance < 300; instance++) {
            float[] w = {(float) (3 * random.nextGaussian())};
            float threshold = instance % 10 == 0 ? 0 : 2 * random.nextFloat();
            double expected = argmin(x -> operator.objective(new double[] {x}, w, threshold), -20, 20);
            assertThat((double) operator.applied(w, threshold)[0])
                    .as("%s, threshold %s", Arrays.toString(w), threshold)
                    .isCloseTo(expected, within(2e-4)); // the objective is flat to 1e-8 around its minimum
        }
    }

    /** The objective is convex, so what no small step lowers is its minimum. */
    @ParameterizedTest
    @EnumSource(Operator.class)
    void noStepFromTheResultLowersTheObjective(Operator operator) {
        Random random = new Random(2);
        for (int instance = 0; instance < 100; instance++) {
            float[] w = Operator.random(random, 1 + random.nextInt(6));
            float threshold = random.nextFloat();
            double[] result = Operator.doubles(operator.applied(w, threshold));
            double least = operator.objective(result, w, threshold);
            for (int step = 0; step < 100; step++) {
                double[] other = result.clone();
                double size = Math.pow(10, -1 - 3 * random.nextDouble());
                for (int i = 0; i < other.length; i++) {
                    other[i] += size * random.nextGaussian();
                }
                assertThat(operator.objective(other, w, threshold)).isGreaterThanOrEqualTo(least - 1e-9);
            }
        }
    }

    /** |P(x) - P(y)|^2 is at most (P(x) - P(y)) . (x - y): so P is the proximal operator of a convex function. */
    @ParameterizedTest
    @EnumSource(Operator.class)
    void operatorsAreFirmlyNonExpansive(Operator operator) {
        Random random = new Random(3);
        for (int instance = 0; instance < 2000; instance++) {
            int n = 1 + random.nextInt(8);
            float[] x = Operator.random(random, n);
            float[] y = Operator.random(random, n);
            float threshold = 2 * random.nextFloat();
            float[] px = operator.applied(x, threshold);
            float[] py = operator.applied(y, threshold);
            double squares = 0;
            double product = 0;
            for (int i = 0; i < n; i++) {
                squares += (double) (px[i] - py[i]) * (px[i] - py[i]);
                product += (double) (px[i] - py[i]) * (x[i] - y[i]);
            }
            assertThat(squares).isLessThanOrEqualTo(product + 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void stepsInARowAreOneStepOfTheSum(Operator operator) {
        Random random = new Random(4);
        for (int instance = 0; instance < 500; instance++) {
            // multiples of 2^-10 below 8: every sum and difference is exact
            float[] values = new float[3];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextInt(1 << 14) - (1 << 13)) / 1024f;
            }
            float[] thresholds = new float[5];
            float sum = 0;
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = random.nextInt(512) / 1024f;
                sum += thresholds[i];
            }
            float[] stepped = values.clone();
            for (float threshold : thresholds) {
                stepped = operator.applied(stepped, threshold);
            }
            float[] once = operator.applied(values, sum);
            if (operator == Operator.GROUP_LASSO) {
                assertThat(stepped).containsExactly(once, within(1e-5f)); // its roots are not exact
            } else {
                assertThat(stepped).containsExactly(once);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void zerosAreExactAndCounted(Operator operator) {
        float[] values = {-0.25f, 0.25f, 0, -0f, 0.1f};
        int nonZeros = operator.apply(values, 0, values.length, 0.5f);
        assertThat(nonZeros).isEqualTo(operator == Operator.NON_NEGATIVE ? 2 : 0);
        for (float value : values) {
            if (value == 0) {
                assertThat(Float.floatToRawIntBits(value)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void onlyTheSegmentChangesAndNotANumberStays(Operator operator) {
        float[] values = {-1, -1, Float.NaN, -1, -1};
        operator.apply(values, 1, 2, 0.5f);
        assertThat(values[0]).isEqualTo(-1);
        assertThat(values[1]).isNotEqualTo(-1);
        assertThat(values[2]).isNaN();
        assertThat(values[3]).isEqualTo(-1);
        assertThat(operator.apply(new float[3], 0, 0, 1)).isZero();
    }

    @Test
    void thresholdsOfTheirOwnActOnEachNumberAlone() {
        Random random = new Random(5);
        float[] values = Operator.random(random, 40);
        float[] thresholds = new float[40];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = random.nextFloat();
        }
        float[] nonNegative = values.clone();
        float[] signed = values.clone();
        int nonZeros = Proximal.nonNegativeSoft(nonNegative, 3, 30, thresholds);
        int signedNonZeros = Proximal.soft(signed, 3, 30, thresholds);
        int expected = 0;
        int expectedSigned = 0;
        for (int i = 0; i < 40; i++) {
            float[] one = {values[i]};
            float[] oneSigned = {values[i]};
            if (i >= 3 && i < 33) {
                expected += Proximal.nonNegativeSoft(one, 0, 1, thresholds[i - 3]);
                expectedSigned += Proximal.soft(oneSigned, 0, 1, thresholds[i - 3]);
            }
            assertThat(nonNegative[i]).isEqualTo(one[0]);
            assertThat(signed[i]).isEqualTo(oneSigned[0]);
        }
        assertThat(nonZeros).isEqualTo(expected).isBetween(1, 29);
        assertThat(signedNonZeros).isEqualTo(expectedSigned).isBetween(1, 29);
    }

    @Test
    void theGroupKeepsItsDirectionAndFallsAsAWhole() {
        float[] row = {3, -4};
        assertThat(Proximal.groupLasso(row, 0, 2, 2.5f)).isEqualTo(2);
        assertThat(row).containsExactly(1.5f, -2);
        assertThat(Proximal.groupLasso(row, 0, 2, 2.5f)).isZero();
        assertThat(row).containsExactly(0, 0);
        assertThat(Proximal.groupLasso(row, 0, 2, 0)).isZero();
        assertThat(row).containsExactly(0, 0);
    }
}
