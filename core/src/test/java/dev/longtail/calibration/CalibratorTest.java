package dev.longtail.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Curves from score to probability. */
class CalibratorTest {

    private static final double[] SCORES = {-1.2, -0.7, -0.7, -0.1, 0, 0.3, 0.8, 1.1, 1.5};
    private static final boolean[] RIGHT = {false, false, true, false, true, false, true, true, true};

    private static Calibrator fit(CalibrationConfig.Kind kind, HeldOut heldOut) {
        return Calibrator.fit(kind, heldOut, heldOut.byScore());
    }

    private static PlattCalibrator platt(HeldOut heldOut) {
        return PlattCalibrator.fit(heldOut, heldOut.byScore());
    }

    private static IsotonicCalibrator isotonic(HeldOut heldOut) {
        return IsotonicCalibrator.fit(heldOut, heldOut.byScore());
    }

    /** What Lin, Lin and Weng minimise, written down a second time. */
    private static double loss(double slope, double intercept) {
        double sum = 0;
        for (int i = 0; i < SCORES.length; i++) {
            double t = RIGHT[i] ? 6.0 / 7 : 1.0 / 6; // five right, four wrong
            double p = 1 / (1 + Math.exp(-slope * (float) SCORES[i] - intercept));
            sum -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
        }
        return sum;
    }

    @Test
    void thePlattCurveIsWhereTheDerivativesAreZero() {
        PlattCalibrator curve = platt(HeldOutData.of(SCORES, RIGHT));
        double a = curve.slope();
        double b = curve.intercept();
        double h = 1e-4;
        assertThat(a).isPositive();
        assertThat((loss(a + h, b) - loss(a - h, b)) / (2 * h)).isCloseTo(0, within(1e-5));
        assertThat((loss(a, b + h) - loss(a, b - h)) / (2 * h)).isCloseTo(0, within(1e-5));
        assertThat(curve.logOdds(0.25)).isCloseTo(0.25 * a + b, within(1e-9));
    }

    @Test
    void aPlattCurveFindsTheCurveThatMadeTheData() {
        SplittableRandom random = new SplittableRandom(5);
        double[] scores = new double[20_000];
        boolean[] right = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextDouble(-4, 2);
            right[i] = random.nextDouble() < Logistic.probability(1.7 * scores[i] - 0.6);
        }
        PlattCalibrator curve = platt(HeldOutData.of(scores, right));
        assertThat((double) curve.slope()).isCloseTo(1.7, within(0.1));
        assertThat((double) curve.intercept()).isCloseTo(-0.6, within(0.1));
    }

    /** Targets 5/6 and 1/6 without their scores: the mean of four and four is a half. */
    @Test
    void aPlattCurveThatWouldFallIsFlat() {
        PlattCalibrator curve = platt(HeldOutData.of(
                new double[] {0, 1, 2, 3, 4, 5, 6, 7},
                new boolean[] {true, true, true, true, false, false, false, false}));
        assertThat(curve.slope()).isZero();
        assertThat((double) curve.intercept()).isCloseTo(0, within(1e-6));
    }

    /**
     * Shares 0/2 at -1, 1/2 at 0, 3/4 at 1. Four of eight are right, so each block gets two suggestions that are right
     * with (4 + 1) / (8 + 2) = 0.5: 1/4, 2/4, 4/6.
     */
    @Test
    void anIsotonicCurveByHand() {
        IsotonicCalibrator curve = isotonic(HeldOutData.of(
                new double[] {-1, -1, 0, 0, 1, 1, 1, 1},
                new boolean[] {false, false, true, false, true, true, true, false}));
        assertThat(curve.points()).isEqualTo(3);
        assertThat(curve.probability(-3)).isCloseTo(0.25, within(1e-6));
        assertThat(curve.probability(-1)).isCloseTo(0.25, within(1e-6));
        assertThat(curve.probability(-0.5)).isCloseTo(0.375, within(1e-6));
        assertThat(curve.probability(0)).isCloseTo(0.5, within(1e-6));
        assertThat(curve.probability(0.25)).isCloseTo(0.5 + (4 / 6.0 - 0.5) / 4, within(1e-6));
        assertThat(curve.probability(1)).isCloseTo(4 / 6.0, within(1e-6));
        assertThat(curve.probability(9)).isCloseTo(4 / 6.0, within(1e-6));
    }

    /** The score of the best suggestion alone makes no block of its own that says more than its neighbours. */
    @Test
    void oneSuggestionAtTheTopSaysLittle() {
        double[] scores = new double[201];
        boolean[] right = new boolean[201];
        for (int i = 0; i < 200; i++) {
            scores[i] = i % 2; // half of those of score 1 are right
            right[i] = i % 4 == 1;
        }
        scores[200] = 2;
        right[200] = true;
        IsotonicCalibrator curve = isotonic(HeldOutData.of(scores, right));
        assertThat(curve.probability(2)).isBetween(0.49, 0.6);
    }

    @ParameterizedTest
    @EnumSource(names = {"ISOTONIC", "PLATT"})
    void curvesNeverFallAndStayBetweenZeroAndOne(CalibrationConfig.Kind kind) {
        for (int seed = 0; seed < 20; seed++) {
            Calibrator curve = fit(kind, HeldOutData.random(7, 3 + 10 * seed, seed));
            double before = Double.NEGATIVE_INFINITY;
            for (float score = -4; score < 3; score += 0.003f) {
                double logOdds = curve.logOdds(score);
                assertThat(logOdds).isFinite().isGreaterThanOrEqualTo(before - 1e-12);
                before = logOdds;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void suggestionsThatAreAllRightOrAllWrongMakeNoCertainty(boolean all) {
        boolean[] right = new boolean[10];
        java.util.Arrays.fill(right, all);
        double[] scores = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (CalibrationConfig.Kind kind :
                new CalibrationConfig.Kind[] {CalibrationConfig.Kind.ISOTONIC, CalibrationConfig.Kind.PLATT}) {
            double p = Logistic.probability(
                    fit(kind, HeldOutData.of(scores, right)).logOdds(5));
            assertThat(all ? p : 1 - p).as(kind.toString()).isBetween(0.8, 0.99);
        }
    }
}
