package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PropensityTest {

    @Test
    void inverseWorkedByHand() {
        // A = 0.5, B = 0.4, N = 148: C = (ln 148 - 1) * sqrt(1.4) = 3.997212274 * 1.183215957 = 4.729565344.
        // n = 0:   1 + 4.729565344 / sqrt(0.4)   = 8.478099415
        // n = 100: 1 + 4.729565344 / sqrt(100.4) = 1.472013450
        float[] inverse = Propensity.WIKIPEDIA.inverse(new int[] {0, 100}, 148);
        assertThat((double) inverse[0]).isEqualTo(8.478099415, within(1e-6));
        assertThat((double) inverse[1]).isEqualTo(1.472013450, within(1e-6));
    }

    @Test
    void rareLabelsAreWorthMore() {
        float[] inverse = Propensity.DEFAULT.inverse(new int[] {0, 1, 10, 1000}, 15539);
        assertThat(inverse[0]).isGreaterThan(inverse[1]);
        assertThat(inverse[1]).isGreaterThan(inverse[2]);
        assertThat(inverse[2]).isGreaterThan(inverse[3]);
        assertThat(inverse[3]).isGreaterThan(1);
    }

    @Test
    void tinyTrainingSetsWeighAllLabelsAlike() {
        // ln 2 - 1 < 0 would turn the order around.
        assertThat(Propensity.DEFAULT.inverse(new int[] {0, 2}, 2)).containsExactly(1, 1);
    }

    @Test
    void constantsAreChecked() {
        assertThatThrownBy(() -> new Propensity(0, 1)).hasMessage("a must be finite and above 0, got 0.0");
        assertThatThrownBy(() -> new Propensity(1, Double.NaN)).hasMessage("b must be finite and above 0, got NaN");
        assertThatThrownBy(() -> Propensity.DEFAULT.inverse(new int[1], 0))
                .hasMessage("trainExamples must be at least 1, got 0");
    }
}
