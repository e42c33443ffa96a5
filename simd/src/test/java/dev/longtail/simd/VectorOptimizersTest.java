package dev.longtail.simd;

import static dev.longtail.simd.Floats.assertRelative;
import static dev.longtail.simd.Floats.assertSums;
import static dev.longtail.simd.Floats.magnitudes;
import static dev.longtail.simd.Floats.positive;
import static dev.longtail.simd.Floats.random;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps on vectors against the scalar specification; what lies outside the range must not change. */
class VectorOptimizersTest {

    private static final int[] OFFSETS = {0, 1, 3};

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    static IntStream lengths() {
        return IntStream.rangeClosed(0, 130);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sgd(int n) {
        for (int offset : OFFSETS) {
            float[] gradient = random(2, n);
            float[] actual = random(n, offset + n + 2);
            float[] expected = actual.clone();
            vector.sgd(actual, offset, gradient, n, 0.3f, 0.01f);
            scalar.sgd(expected, offset, gradient, n, 0.3f, 0.01f);
            assertSums(actual, expected, sizes(random(n, offset + n + 2), gradient, offset), 3);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void momentum(int n) {
        for (int offset : OFFSETS) {
            float[] gradient = random(2, n);
            float[] actual = random(n, offset + n + 2);
            float[] expected = actual.clone();
            float[] velocity = random(n + 7L, offset + n + 2);
            float[] expectedVelocity = velocity.clone();
            float[] sizes = sizes(sum(actual, velocity), gradient, offset);
            vector.momentum(actual, offset, velocity, offset, gradient, n, 0.3f, 0.9f, 0.01f);
            scalar.momentum(expected, offset, expectedVelocity, offset, gradient, n, 0.3f, 0.9f, 0.01f);
            assertSums(velocity, expectedVelocity, sizes, 4);
            assertSums(actual, expected, sizes, 4);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void adagrad(int n) {
        for (int offset : OFFSETS) {
            float[] gradient = random(2, n);
            float[] actual = random(n, offset + n + 2);
            float[] expected = actual.clone();
            float[] squares = positive(n + 7L, offset + n + 2);
            float[] expectedSquares = squares.clone();
            vector.adagrad(actual, offset, squares, offset, gradient, n, 0.3f, 1e-8f, 0.01f);
            scalar.adagrad(expected, offset, expectedSquares, offset, gradient, n, 0.3f, 1e-8f, 0.01f);
            assertRelative(squares, expectedSquares, 3 * 0x1p-24, 0);
            // A step is at most rate * (1 + decay * |w|), because |g| <= sqrt(a).
            assertSums(actual, expected, stepped(random(n, offset + n + 2), 0.3f), 5);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void adamW(int n) {
        for (int offset : OFFSETS) {
            float[] gradient = random(2, n);
            float[] actual = random(n, offset + n + 2);
            float[] expected = actual.clone();
            float[] first = random(n + 7L, offset + n + 2);
            float[] expectedFirst = first.clone();
            float[] second = positive(n + 9L, offset + n + 2);
            float[] expectedSecond = second.clone();
            float[] sizes = sizes(first, gradient, offset);
            vector.adamW(
                    actual, offset, first, second, offset, gradient, n, 0.01f, 0.9f, 0.99f, 1e-2f, 0.01f, 0.19f, 0.02f);
            scalar.adamW(
                    expected,
                    offset,
                    expectedFirst,
                    expectedSecond,
                    offset,
                    gradient,
                    n,
                    0.01f,
                    0.9f,
                    0.99f,
                    1e-2f,
                    0.01f,
                    0.19f,
                    0.02f);
            assertSums(first, expectedFirst, sizes, 3);
            assertRelative(second, expectedSecond, 5 * 0x1p-24, 0);
            // |m| / correction1 <= 5.3 size and the root is at least epsilon, so 5.3 size * rate / epsilon bounds a
            // step.
            float[] stepSizes = magnitudes(random(n, offset + n + 2));
            for (int i = 0; i < stepSizes.length; i++) {
                stepSizes[i] += 5.3f * sizes[i];
            }
            assertSums(actual, expected, stepSizes, 10);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void yogi(int n) {
        for (int offset : OFFSETS) {
            float[] gradient = random(2, n);
            float[] actual = random(n, offset + n + 2);
            float[] expected = actual.clone();
            float[] first = random(n + 7L, offset + n + 2);
            float[] expectedFirst = first.clone();
            float[] second = positive(n + 9L, offset + n + 2);
            for (int i = 0; i < n; i += 3) {
                second[offset + i] = gradient[i] * gradient[i]; // where the sign is 0
            }
            for (int i = 1; i < n; i += 3) {
                second[offset + i] = 0; // a new number
            }
            float[] expectedSecond = second.clone();
            float[] sizes = sizes(first, gradient, offset);
            vector.yogi(
                    actual, offset, first, second, offset, gradient, n, 0.01f, 0.9f, 0.99f, 1e-2f, 0.01f, 0.19f, 0.02f);
            scalar.yogi(
                    expected,
                    offset,
                    expectedFirst,
                    expectedSecond,
                    offset,
                    gradient,
                    n,
                    0.01f,
                    0.9f,
                    0.99f,
                    1e-2f,
                    0.01f,
                    0.19f,
                    0.02f);
            assertSums(first, expectedFirst, sizes, 3);
            assertSums(second, expectedSecond, sizes(second, squares(gradient), offset), 3);
            // |m| / correction1 <= 5.3 size and the root is at least epsilon, so 5.3 size * rate / epsilon bounds a
            // step.
            float[] stepSizes = magnitudes(random(n, offset + n + 2));
            for (int i = 0; i < stepSizes.length; i++) {
                stepSizes[i] += 5.3f * sizes[i];
            }
            assertSums(actual, expected, stepSizes, 10);
        }
    }

    private static float[] squares(float[] values) {
        float[] squares = values.clone();
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= squares[i];
        }
        return squares;
    }

    /** |values[i]| + |gradient|, where there is one. */
    private static float[] sizes(float[] values, float[] gradient, int offset) {
        float[] sizes = magnitudes(values);
        for (int i = 0; i < gradient.length; i++) {
            sizes[offset + i] += Math.abs(gradient[i]);
        }
        return sizes;
    }

    private static float[] stepped(float[] values, float step) {
        float[] steps = new float[values.length];
        Arrays.fill(steps, step);
        return sum(values, steps);
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = magnitudes(a);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += Math.abs(b[i]);
        }
        return sum;
    }
}
