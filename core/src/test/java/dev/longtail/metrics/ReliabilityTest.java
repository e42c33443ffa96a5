package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.metrics.Reliability.Binning;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    private static Reliability of(double[] probabilities, boolean[] right) {
        Reliability reliability = new Reliability(1);
        for (int i = 0; i < right.length; i++) {
            reliability.add(probabilities[i], right[i]);
        }
        return reliability;
    }

    /**
     * Two bins of equal width: 0.1, 0.2, 0.3 with one right, |0.2 - 1/3|; 0.5, 0.9 with one right, |0.7 - 1/2|. So ECE
     * = 3/5 0.13333 + 2/5 0.2 = 0.16. Brier = (0.01 + 0.64 + 0.09 + 0.25 + 0.01) / 5 = 0.2.
     */
    @Test
    void equalWidthByHand() {
        Reliability reliability =
                of(new double[] {0.1, 0.2, 0.3, 0.5, 0.9}, new boolean[] {false, true, false, false, true});
        assertThat(reliability.expectedCalibrationError(Binning.EQUAL_WIDTH, 2)).isCloseTo(0.16, within(1e-12));
        assertThat(reliability.brier()).isCloseTo(0.2, within(1e-12));
        List<ReliabilityBin> bins = reliability.bins(Binning.EQUAL_WIDTH, 2);
        assertThat(bins).hasSize(2);
        assertThat(bins.get(1).low()).isEqualTo(0.5);
        assertThat(bins.get(1).high()).isEqualTo(1);
        assertThat(bins.get(1).suggestions()).isEqualTo(2);
        assertThat(bins.get(1).probability()).isCloseTo(0.7, within(1e-12));
        assertThat(bins.get(1).rate()).isEqualTo(0.5);
    }

    /** 0.01, 0.02 | 0.03, 0.9: |0.015 - 0.5| and |0.465 - 1|, half of the suggestions each. */
    @Test
    void equalMassByHand() {
        Reliability reliability = of(new double[] {0.03, 0.9, 0.01, 0.02}, new boolean[] {true, true, true, false});
        assertThat(reliability.expectedCalibrationError(Binning.EQUAL_MASS, 2))
                .isCloseTo((0.485 + 0.535) / 2, within(1e-12));
        assertThat(reliability.expectedCalibrationError(Binning.EQUAL_WIDTH, 2))
                .isCloseTo((3 * Math.abs(0.02 - 2 / 3.0) + 0.1) / 4, within(1e-12));
    }

    @Test
    void equalProbabilitiesStayInOneBin() {
        double[] probabilities = new double[10];
        java.util.Arrays.fill(probabilities, 0.25);
        Reliability reliability = of(probabilities, new boolean[10]);
        assertThat(reliability.bins(Binning.EQUAL_MASS, 5)).hasSize(1);
        assertThat(reliability.expectedCalibrationError(Binning.EQUAL_MASS, 5)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void binsOfEqualMassHoldAboutAsMuch() {
        SplittableRandom random = new SplittableRandom(1);
        Reliability reliability = new Reliability(1);
        for (int i = 0; i < 100_000; i++) {
            double p = Math.pow(random.nextDouble(), 3);
            reliability.add(p, random.nextDouble() < p);
        }
        List<ReliabilityBin> bins = reliability.bins(Binning.EQUAL_MASS, 10);
        assertThat(bins).allMatch(bin -> bin.suggestions() > 5_000 && bin.suggestions() < 15_000);
        assertThat(bins.stream().mapToLong(ReliabilityBin::suggestions).sum()).isEqualTo(100_000);
        assertThat(bins).allMatch(bin -> bin.probability() >= bin.low() && bin.probability() <= bin.high());
        assertThat(reliability.expectedCalibrationError(Binning.EQUAL_MASS, 10)).isLessThan(0.01);
    }

    @Test
    void certaintiesAndNothingAtAllAreMeasuredToo() {
        Reliability sure = of(new double[] {1, 0}, new boolean[] {true, false});
        assertThat(sure.expectedCalibrationError(Binning.EQUAL_WIDTH, 15)).isZero();
        assertThat(sure.brier()).isZero();
        Reliability nothing = new Reliability(1);
        assertThat(nothing.expectedCalibrationError(Binning.EQUAL_MASS, 15)).isZero();
        assertThat(nothing.bins(Binning.EQUAL_MASS, 15)).isEmpty();
        assertThat(nothing.brier()).isZero();
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        Reliability reliability = new Reliability(1);
        assertThatThrownBy(() -> reliability.add(Double.NaN, true)).hasMessageContaining("probability must be");
        assertThatThrownBy(() -> reliability.add(1.01, true)).hasMessageContaining("got 1.01");
        assertThatThrownBy(() -> reliability.bins(Binning.EQUAL_WIDTH, 7)).hasMessageContaining("divisor of 3000");
    }
}
