package dev.longtail.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shifts of groups and of labels. */
class ShiftFitTest {

    private static double[] logOdds(HeldOut heldOut) {
        return IntStream.range(0, heldOut.size()).mapToDouble(heldOut::score).toArray();
    }

    private static Groups byLabel(HeldOut heldOut) {
        return Groups.of(heldOut.byScore(), heldOut.labels(), heldOut::label);
    }

    /** Labels whose log odds are off by normal numbers; the scores are the log odds without them. */
    private static HeldOut shifted(double[] offsets, int suggestions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HeldOut heldOut = new HeldOut(offsets.length);
        for (int label = 0; label < offsets.length; label++) {
            for (int i = 0; i < suggestions; i++) {
                double score = random.nextDouble(-2, 2);
                HeldOutData.add(
                        heldOut, label, score, random.nextDouble() < Logistic.probability(score + offsets[label]));
            }
        }
        return heldOut;
    }

    private static double[] normal(int count, double deviation, long seed) {
        java.util.Random random = new java.util.Random(seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> deviation * random.nextGaussian())
                .toArray();
    }

    @Test
    void theDerivativeOfThePosteriorIsZero() {
        HeldOut heldOut = shifted(normal(12, 1, 3), 30, 4);
        ShiftFit fit = new ShiftFit(heldOut, logOdds(heldOut), byLabel(heldOut));
        double[] shifts = fit.run();
        for (int label = 0; label < shifts.length; label++) {
            double derivative = -shifts[label] / fit.variance();
            for (int i = 0; i < heldOut.size(); i++) {
                if (heldOut.label(i) == label) {
                    double p = 1 / (1 + Math.exp(-heldOut.score(i) - shifts[label]));
                    derivative += (heldOut.isRight(i) ? 1 : 0) - p;
                }
            }
            // the variance was settled to a thousandth after the shifts
            assertThat(derivative).as("label %d", label).isCloseTo(0, within(0.01));
        }
    }

    @Test
    void howMuchLabelsDifferIsLearned() {
        HeldOut different = shifted(normal(300, 1, 5), 40, 6);
        ShiftFit fit = new ShiftFit(different, logOdds(different), byLabel(different));
        fit.run();
        assertThat(Math.sqrt(fit.variance())).isCloseTo(1, within(0.15));

        HeldOut alike = shifted(new double[300], 40, 7);
        ShiftFit none = new ShiftFit(alike, logOdds(alike), byLabel(alike));
        none.run();
        assertThat(Math.sqrt(none.variance())).isLessThan(0.2);
    }

    @Test
    void fewSuggestionsShiftLittleAndFewerThanAskedForNothing() {
        HeldOut heldOut = new HeldOut(4);
        for (int i = 0; i < 100; i++) {
            HeldOutData.add(heldOut, 0, 0, true);
            HeldOutData.add(heldOut, 1, 0, false);
        }
        HeldOutData.add(heldOut, 2, 0, true);
        HeldOutData.add(heldOut, 2, 0, true);
        HeldOutData.add(heldOut, 3, 0, true);
        LabelShifts shifts = LabelShifts.fit(heldOut, logOdds(heldOut), 2);
        assertThat(shifts.of(0)).isGreaterThan(2);
        assertThat(shifts.of(1)).isLessThan(-2);
        assertThat(shifts.of(2)).isBetween(0.1, shifts.of(0) - 0.5);
        assertThat(shifts.of(3)).isZero();
        assertThat(shifts.size()).isEqualTo(3);
    }

    /** Scores far from what is true, where an unguarded step of Newton's method jumps to and fro. */
    @Test
    void farShiftsAreFound() {
        HeldOut heldOut = new HeldOut(1);
        for (int i = 0; i < 200; i++) {
            HeldOutData.add(heldOut, 0, -9, i % 4 > 0);
        }
        LabelShifts shifts = LabelShifts.fit(heldOut, logOdds(heldOut), 1);
        assertThat(shifts.of(0)).isCloseTo(9 + Math.log(3), within(0.5));
    }
}
