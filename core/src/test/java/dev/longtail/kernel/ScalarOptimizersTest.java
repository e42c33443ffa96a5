package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Steps worked out by hand; the first element of each array lies before the offset and must stay as it is. */
class ScalarOptimizersTest {

    private final Kernels kernels = new ScalarKernels();

    @Test
    void sgd() {
        float[] weights = {9, 1, -2};
        kernels.sgd(weights, 1, new float[] {0.5f, 4f}, 2, 0.1f, 0.2f);
        // 1 - 0.1 (0.5 + 0.2) and -2 - 0.1 (4 - 0.4)
        assertThat(weights).containsExactly(new float[] {9f, 0.93f, -2.36f}, within(1e-6f));
    }

    @Test
    void momentum() {
        float[] weights = {9, 1};
        float[] velocity = {9, 2};
        kernels.momentum(weights, 1, velocity, 1, new float[] {0.5f}, 1, 0.1f, 0.9f, 0.2f);
        // v = 0.9 * 2 + 0.5 + 0.2 = 2.5, w = 1 - 0.25
        assertThat(velocity).containsExactly(new float[] {9f, 2.5f}, within(1e-6f));
        assertThat(weights).containsExactly(new float[] {9f, 0.75f}, within(1e-6f));
    }

    @Test
    void adagrad() {
        float[] weights = {9, 1, 5};
        float[] squares = {9, 5, 0};
        kernels.adagrad(weights, 1, squares, 1, new float[] {2f, 0f}, 2, 0.1f, 1f, 0.5f);
        // a = 5 + 4 = 9; w = 1 - 0.1 (2 / (3 + 1) + 0.5). With no gradient only decay acts: 5 - 0.1 * 2.5
        assertThat(squares).containsExactly(new float[] {9f, 9f, 0f}, within(1e-6f));
        assertThat(weights).containsExactly(new float[] {9f, 0.9f, 4.75f}, within(1e-6f));
    }

    @Test
    void adamW() {
        float[] weights = {9, 2};
        float[] first = {9, 1};
        float[] second = {9, 8};
        kernels.adamW(weights, 1, first, second, 1, new float[] {4f}, 1, 0.1f, 0.5f, 0.75f, 1f, 0.25f, 0.5f, 0.625f);
        // m = 0.5 + 2 = 2.5; v = 6 + 4 = 10; m / 0.5 = 5; sqrt(10 / 0.625) = 4; w = 2 - 0.1 (5 / 5 + 0.5)
        assertThat(first).containsExactly(new float[] {9f, 2.5f}, within(1e-6f));
        assertThat(second).containsExactly(new float[] {9f, 10f}, within(1e-6f));
        assertThat(weights).containsExactly(new float[] {9f, 1.85f}, within(1e-6f));
    }

    @Test
    void yogi() {
        float[] weights = {9, 2, 2, 2};
        float[] first = {9, 1, 1, 1};
        float[] second = {9, 8, 20, 16};
        float[] gradient = {4, 4, 4};
        kernels.yogi(weights, 1, first, second, 1, gradient, 3, 0.1f, 0.5f, 0.75f, 1f, 0.25f, 0.5f, 0.75f);
        // m = 0.5 + 2 = 2.5; v moves by 0.25 * 16 = 4 towards 16: 12, 16, and stays where it is there
        assertThat(first).containsExactly(new float[] {9f, 2.5f, 2.5f, 2.5f}, within(1e-6f));
        assertThat(second).containsExactly(new float[] {9f, 12f, 16f, 16f}, within(1e-6f));
        // sqrt(12 / 0.75) = 4: w = 2 - 0.1 (5 / 5 + 0.5); sqrt(16 / 0.75) = 4.618802: w = 2 - 0.1 (5 / 5.618802 + 0.5)
        assertThat(weights).containsExactly(new float[] {9f, 1.85f, 1.8610131f, 1.8610131f}, within(1e-6f));
    }
}
