package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NormsTest {

    private final float[] values = {9, 3, 0, -4, 9};

    @Test
    void sizesOfASegment() {
        assertThat(Norms.l1(values, 1, 3)).isEqualTo(7);
        assertThat(Norms.l0(values, 1, 3)).isEqualTo(2);
        assertThat(Norms.l2(values, 1, 3)).isEqualTo(5);
    }

    @Test
    void theSubgradientIsTheSignAndZeroAtZero() {
        float[] gradient = {1, 1, 1, 1, 1};
        Norms.addL1Subgradient(values, 1, 3, 0.5f, gradient);
        assertThat(gradient).containsExactly(1, 1.5f, 1, 0.5f, 1);
    }
}
