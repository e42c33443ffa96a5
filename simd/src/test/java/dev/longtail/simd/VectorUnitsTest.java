package dev.longtail.simd;

import static dev.longtail.simd.Floats.assertSums;
import static dev.longtail.simd.Floats.magnitudes;
import static dev.longtail.simd.Floats.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and units on vectors against the scalar specification, at all lengths around the widths of vectors. */
class VectorUnitsTest {

    private static final int INPUTS = 9;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(0, 68), IntStream.of(95, 96, 97, 111, 127, 128, 129, 130));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void dotAddScaledAndScale(int n) {
        for (int offset : new int[] {0, 1, 3}) {
            float[] a = random(n, n + offset);
            float[] b = random(n + 1000L, n + 4);
            float[] dots = {vector.dot(a, offset, b, 4 - offset, n)};
            float[] expected = {scalar.dot(a, offset, b, 4 - offset, n)};
            assertSums(
                    dots, expected, new float[] {scalar.dot(magnitudes(a), offset, magnitudes(b), 4 - offset, n)}, n);

            float[] y = b.clone();
            float[] yExpected = b.clone();
            float[] ySizes = magnitudes(b);
            vector.addScaled(-0.3f, a, offset, y, 4 - offset, n);
            scalar.addScaled(-0.3f, a, offset, yExpected, 4 - offset, n);
            scalar.addScaled(0.3f, magnitudes(a), offset, ySizes, 4 - offset, n);
            assertSums(y, yExpected, ySizes, 2);

            yExpected = y.clone();
            vector.scaled(-0.3f, a, offset, y, 4 - offset, n);
            scalar.scaled(-0.3f, a, offset, yExpected, 4 - offset, n);
            assertThat(y).containsExactly(yExpected);

            vector.scale(1.7f, a, offset, n);
            float[] aExpected = random(n, n + offset);
            scalar.scale(1.7f, aExpected, offset, n);
            assertThat(a).containsExactly(aExpected);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void addScaledBytes(int n) {
        for (int offset : new int[] {0, 1, 3}) {
            byte[] bytes = new byte[n + offset]; // ends with the row: nothing behind it may be read
            new SplittableRandom(n).nextBytes(bytes);
            float[] sizes = new float[n + 4];
            float[] y = random(n + 1000L, n + 4);
            float[] expected = y.clone();
            for (int i = 0; i < n; i++) {
                sizes[4 - offset + i] = Math.abs(0.3f * bytes[offset + i]) + Math.abs(y[4 - offset + i]);
            }
            vector.addScaledBytes(-0.3f, bytes, offset, y, 4 - offset, n);
            scalar.addScaledBytes(-0.3f, bytes, offset, expected, 4 - offset, n);
            assertSums(y, expected, sizes, 2);
        }
    }

    /** From zero the sum is a product and has to be exact: this is how rows of weights become floats. */
    @Test
    void everyByteBecomesItsFloat() {
        byte[] bytes = new byte[256];
        float[] floats = new float[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        vector.addScaledBytes(0.1f, bytes, 0, floats, 0, 256);
        for (int i = 0; i < 256; i++) {
            assertThat(floats[i]).isEqualTo(0.1f * (byte) i);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void gatherDot(int n) {
        for (int inputs : new int[] {INPUTS, 65_536}) { // the last index has the bit that signs a short
            SplittableRandom random = new SplittableRandom(n);
            char[] indices = new char[n + 2];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (char) (i % 3 == 0 ? inputs - 1 : random.nextInt(inputs));
            }
            float[] weights = random(n, n + 3);
            float[] x = random(7, inputs + 1);
            int[] buffer = new int[vector.lanes()];
            float[] actual = {vector.gatherDot(weights, 3, indices, 2, n, x, 1, buffer)};
            float[] expected = {scalar.gatherDot(weights, 3, indices, 2, n, x, 1, buffer)};
            float[] sizes = {scalar.gatherDot(magnitudes(weights), 3, indices, 2, n, magnitudes(x), 1, buffer)};
            assertSums(actual, expected, sizes, n);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sparseScores(int batch) {
        for (int fanIn : new int[] {0, 1, 2, 7, 24}) {
            for (int offset : new int[] {0, 1, 3}) {
                float[] weights = random(fanIn, fanIn + offset);
                char[] indices = indices(fanIn, fanIn + offset);
                float[] x = random(batch, INPUTS * batch + offset);
                float[] actual = random(1, batch + 1);
                float[] expected = actual.clone();
                float[] sizes = magnitudes(actual);
                vector.sparseScores(weights, offset, indices, offset, fanIn, -0.7f, x, offset, batch, actual);
                scalar.sparseScores(weights, offset, indices, offset, fanIn, -0.7f, x, offset, batch, expected);
                scalar.sparseScores(
                        magnitudes(weights), offset, indices, offset, fanIn, 0.7f, magnitudes(x), offset, batch, sizes);
                assertSums(actual, expected, sizes, fanIn);
                assertThat(actual[batch]).isEqualTo(expected[batch]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sparseGradients(int batch) {
        for (int fanIn : new int[] {0, 1, 2, 7, 24}) {
            for (int offset : new int[] {0, 1, 3}) {
                float[] weights = random(fanIn, fanIn + offset);
                char[] indices = indices(fanIn, fanIn + offset);
                float[] x = random(batch, INPUTS * batch + offset);
                float[] dScores = random(batch + 5L, batch);
                Gradients actual = new Gradients(batch, 4 - offset, fanIn + 1);
                Gradients expected = new Gradients(batch, 4 - offset, fanIn + 1);
                Gradients sizes = new Gradients(batch, 4 - offset, fanIn + 1).magnitudes();
                sparse(vector, weights, indices, offset, fanIn, x, batch, dScores, actual);
                sparse(scalar, weights, indices, offset, fanIn, x, batch, dScores, expected);
                sparse(
                        scalar,
                        magnitudes(weights),
                        indices,
                        offset,
                        fanIn,
                        magnitudes(x),
                        batch,
                        magnitudes(dScores),
                        sizes);
                assertSums(actual.dx, expected.dx, sizes.dx, fanIn);
                assertSums(actual.dWeights, expected.dWeights, sizes.dWeights, batch);
                assertThat(actual.dWeights[fanIn]).isEqualTo(expected.dWeights[fanIn]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void denseUnits(int batch) {
        for (int inputs : new int[] {0, 1, 2, 7, INPUTS}) {
            for (int offset : new int[] {0, 1, 3}) {
                float[] weights = random(inputs, inputs + offset);
                float[] x = random(batch, INPUTS * batch + offset);
                float[] scores = random(1, batch + 4);
                float[] expectedScores = scores.clone();
                float[] sizes = magnitudes(scores);
                vector.denseScores(weights, offset, inputs, 0.4f, x, offset, batch, scores, 4 - offset);
                scalar.denseScores(weights, offset, inputs, 0.4f, x, offset, batch, expectedScores, 4 - offset);
                scalar.denseScores(
                        magnitudes(weights), offset, inputs, 0.4f, magnitudes(x), offset, batch, sizes, 4 - offset);
                assertSums(scores, expectedScores, sizes, inputs);

                Gradients actual = new Gradients(batch, 4 - offset, inputs);
                Gradients expected = new Gradients(batch, 4 - offset, inputs);
                Gradients gradientSizes = new Gradients(batch, 4 - offset, inputs).magnitudes();
                dense(vector, weights, offset, inputs, x, batch, scores, actual);
                dense(scalar, weights, offset, inputs, x, batch, scores, expected);
                dense(
                        scalar,
                        magnitudes(weights),
                        offset,
                        inputs,
                        magnitudes(x),
                        batch,
                        magnitudes(scores),
                        gradientSizes);
                assertSums(actual.dx, expected.dx, gradientSizes.dx, 1);
                assertSums(actual.dWeights, expected.dWeights, gradientSizes.dWeights, batch);
            }
        }
    }

    /** Every lane must reach the sum: with one lane at 1 and the others at 0 a lost or doubled lane shows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyExampleCountsOnceInAWeightsGradient(int registers) {
        int batch = registers * vector.lanes();
        for (int example = 0; example < batch; example++) {
            float[] x = new float[2 * batch];
            x[example] = 3;
            x[batch + example] = 5;
            float[] dScores = new float[batch];
            dScores[example] = 2;
            float[] dWeights = new float[3];
            char[] indices = {0, 1, 1};
            vector.sparseGradients(new float[3], indices, 0, 3, x, batch, dScores, new float[2 * batch], dWeights);
            assertThat(dWeights).containsExactly(6, 10, 10);
        }
    }

    private static char[] indices(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        char[] indices = new char[n];
        for (int slot = 0; slot < n; slot++) {
            // Neighbouring slots often repeat an input, which a vector loop could wrongly do at the same time.
            indices[slot] = slot > 0 && random.nextInt(3) == 0 ? indices[slot - 1] : (char) random.nextInt(INPUTS);
        }
        return indices;
    }

    private static void sparse(
            Kernels kernels,
            float[] weights,
            char[] indices,
            int offset,
            int fanIn,
            float[] x,
            int batch,
            float[] dScores,
            Gradients to) {
        kernels.sparseGradients(
                weights, offset, indices, offset, fanIn, x, offset, batch, dScores, to.dx, to.dxOffset, to.dWeights);
    }

    private static void dense(
            Kernels kernels,
            float[] weights,
            int offset,
            int inputs,
            float[] x,
            int batch,
            float[] dScores,
            Gradients to) {
        kernels.denseGradients(
                weights, offset, inputs, x, offset, batch, dScores, 4 - offset, to.dx, to.dxOffset, to.dWeights);
    }

    /** Arrays that gradients are written to, not empty before. */
    private record Gradients(float[] dx, int dxOffset, float[] dWeights) {

        Gradients(int batch, int dxOffset, int weights) {
            this(random(3, INPUTS * batch + dxOffset), dxOffset, random(4, weights));
        }

        Gradients magnitudes() {
            return new Gradients(Floats.magnitudes(dx), dxOffset, Floats.magnitudes(dWeights));
        }
    }
}
