package dev.longtail.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {

    private static final int N = 100_000;

    private static Panel ones() {
        Panel panel = Panel.of(N);
        Arrays.fill(panel.values(), 1);
        return panel;
    }

    private static float[] values(Panel panel) {
        return Arrays.copyOfRange(panel.values(), panel.offset(), panel.at(N));
    }

    @Test
    void theRightShareFallsAndTheMeanStays() {
        Panel x = ones();
        new Dropout(0.3f, 1, N).forward(x, N, 5);
        int fallen = 0;
        double sum = 0;
        for (float value : values(x)) {
            fallen += value == 0 ? 1 : 0;
            sum += value;
            assertThat(value).isIn(0f, 1 / 0.7f);
        }
        // standard deviation of the share is sqrt(0.3 * 0.7 / 100,000) = 0.0014
        assertThat(fallen / (double) N).isCloseTo(0.3, within(0.009));
        assertThat(sum / N).isCloseTo(1, within(0.013));
    }

    @Test
    void theGradientFallsWhereTheValueFell() {
        Dropout dropout = new Dropout(0.5f, 1, N);
        Panel x = ones();
        Panel dx = ones();
        dropout.forward(x, N, 7);
        dropout.backward(dx, N);
        assertThat(values(dx)).isEqualTo(values(x));
    }

    @Test
    void eachStepHasAMaskOfItsOwnAndTheSameStepTheSame() {
        Panel first = ones();
        Panel again = ones();
        Panel next = ones();
        new Dropout(0.5f, 1, N).forward(first, N, 7);
        new Dropout(0.5f, 1, N).forward(again, N, 7);
        new Dropout(0.5f, 1, N).forward(next, N, 8);
        assertThat(values(again)).isEqualTo(values(first));
        assertThat(values(next)).isNotEqualTo(values(first));
    }

    @Test
    void withoutDropoutNothingChanges() {
        Panel x = ones();
        new Dropout(0, 1, N).forward(x, N, 7);
        assertThat(values(x)).isEqualTo(values(ones()));
    }
}
