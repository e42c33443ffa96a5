package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OrthogonalityTest {

    private static final int COUNT = 5;
    private static final int DIMENSION = 7;

    private final Orthogonality penalty = new Orthogonality(COUNT, DIMENSION);
    private final float[] anchors = Operator.random(new Random(1), COUNT * DIMENSION);

    /** The printed sum over all i != j, in doubles. */
    private static double printed(double[] anchors) {
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < COUNT; j++) {
                double dot = 0;
                for (int k = 0; k < DIMENSION; k++) {
                    dot += anchors[i * DIMENSION + k] * anchors[j * DIMENSION + k];
                }
                sum += i == j ? 0 : Math.abs(dot);
            }
        }
        return sum;
    }

    @Test
    void theValueIsThePrintedSum() {
        assertThat(penalty.value(anchors)).isCloseTo(printed(Operator.doubles(anchors)), within(1e-4));
        float[] unit = new float[COUNT * DIMENSION];
        for (int i = 0; i < COUNT; i++) {
            unit[i * DIMENSION + i] = i + 1;
        }
        assertThat(penalty.value(unit)).isZero();
        assertThat(penalty.meanAbsoluteCosine(unit)).isZero();
    }

    @Test
    void theSubgradientIsTheSlope() {
        float[] gradient = new float[COUNT * DIMENSION];
        java.util.Arrays.fill(gradient, 1);
        double value = penalty.addSubgradient(anchors, 0.5f, gradient);
        assertThat(value).isEqualTo(penalty.value(anchors));
        for (int i = 0; i < gradient.length; i++) {
            double[] up = Operator.doubles(anchors);
            double[] down = Operator.doubles(anchors);
            up[i] += 1e-6;
            down[i] -= 1e-6;
            double slope = (printed(up) - printed(down)) / 2e-6;
            assertThat((double) gradient[i]).isCloseTo(1 + 0.5 * slope, within(1e-4));
        }
    }

    @Test
    void descentMakesAnchorsOrthogonal() {
        float[] moving = anchors.clone();
        double before = penalty.meanAbsoluteCosine(moving);
        for (int step = 0; step < 300; step++) {
            float[] gradient = new float[moving.length];
            penalty.addSubgradient(moving, 1, gradient);
            for (int i = 0; i < moving.length; i++) {
                moving[i] -= 0.002f * gradient[i];
            }
        }
        assertThat(before).isGreaterThan(0.2);
        assertThat(penalty.meanAbsoluteCosine(moving)).isLessThan(0.05);
        assertThat(Norms.l2(moving, 0, moving.length)).isGreaterThan(2); // they did not just vanish
    }

    @Test
    void cosinesDoNotDependOnLengthsAndZerosCountNothing() {
        Orthogonality three = new Orthogonality(3, 2);
        // cosines: 1 / sqrt 2 between the first two, 0 with the anchor of zeros
        assertThat(three.meanAbsoluteCosine(new float[] {10, 0, -1, 1, 0, 0}))
                .isCloseTo(Math.sqrt(0.5) / 3, within(1e-6));
        assertThat(new Orthogonality(1, 2).meanAbsoluteCosine(new float[2])).isZero();
        assertThatThrownBy(() -> three.value(new float[5])).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
