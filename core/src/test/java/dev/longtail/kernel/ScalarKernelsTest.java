package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification against the same formulas in double precision. */
class ScalarKernelsTest {

    private static final int INPUTS = 11;

    private final Kernels kernels = new ScalarKernels();
    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 64, 67})
    void dotAddScaledAndScaleFollowTheirFormulas(int n) {
        float[] a = normal(n + 3);
        float[] b = normal(n + 2);
        double dot = 0;
        for (int i = 0; i < n; i++) {
            dot += (double) a[3 + i] * b[1 + i];
        }
        assertThat(kernels.dot(a, 3, b, 1, n)).isCloseTo((float) dot, within(1e-5f));

        float[] y = b.clone();
        kernels.addScaled(0.5f, a, 3, y, 1, n);
        float[] scaled = a.clone();
        kernels.scale(-3f, scaled, 3, n);
        float[] written = b.clone();
        kernels.scaled(-3f, a, 3, written, 1, n);
        for (int i = 0; i < n; i++) {
            assertThat(written[1 + i]).isEqualTo(-3f * a[3 + i]);
            assertThat(y[1 + i]).isCloseTo(b[1 + i] + 0.5f * a[3 + i], within(1e-6f));
            assertThat(scaled[3 + i]).isEqualTo(-3f * a[3 + i]);
        }
        for (float[] result : new float[][] {y, written}) {
            assertThat(result[0]).isEqualTo(b[0]);
            assertThat(result[n + 1]).isEqualTo(b[n + 1]);
        }
        assertThat(scaled).startsWith(a[0], a[1], a[2]);
    }

    @Test
    void addScaledBytesFollowsItsFormula() {
        float[] y = {1, 2, 3, 4};
        kernels.addScaledBytes(0.5f, new byte[] {9, -128, 127, 9}, 1, y, 1, 2);
        assertThat(y).containsExactly(1, 2 - 64, 3 + 63.5f, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 64, 67})
    void gatherDotFollowsItsFormula(int n) {
        float[] weights = normal(n + 3);
        char[] indices = new char[n + 1];
        for (int slot = 0; slot < indices.length; slot++) {
            indices[slot] = (char) random.nextInt(INPUTS);
        }
        float[] x = normal(INPUTS + 2);
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += (double) weights[3 + j] * x[2 + indices[1 + j]];
        }
        assertThat(kernels.gatherDot(weights, 3, indices, 1, n, x, 2, new int[1]))
                .isCloseTo((float) sum, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 1", "5, 2", "8, 64", "20, 7"})
    void sparseLabelFollowsItsFormulas(int fanIn, int batch) {
        int offset = 2;
        int xOffset = 5;
        float[] weights = normal(offset + fanIn);
        char[] indices = new char[offset + fanIn];
        for (int slot = 0; slot < indices.length; slot++) {
            indices[slot] = (char) random.nextInt(INPUTS); // more slots than inputs: some repeat
        }
        float[] x = normal(xOffset + INPUTS * batch);
        float[] dScores = normal(batch);
        float[] before = normal(INPUTS * batch);
        float[] dx = before.clone();
        float[] scores = new float[batch];
        float[] dWeights = normal(fanIn);
        kernels.sparseScores(weights, offset, indices, offset, fanIn, 0.25f, x, xOffset, batch, scores);
        kernels.sparseGradients(weights, offset, indices, offset, fanIn, x, xOffset, batch, dScores, dx, 0, dWeights);

        double[] expectedScores = filled(batch, 0.25);
        double[] expectedDx = new double[dx.length];
        for (int j = 0; j < fanIn; j++) {
            double dWeight = 0;
            for (int i = 0; i < batch; i++) {
                int at = indices[offset + j] * batch + i;
                expectedScores[i] += (double) weights[offset + j] * x[xOffset + at];
                expectedDx[at] += (double) weights[offset + j] * dScores[i];
                dWeight += (double) dScores[i] * x[xOffset + at];
            }
            assertThat(dWeights[j]).isCloseTo((float) dWeight, within(1e-4f));
        }
        assertClose(scores, expectedScores);
        for (int i = 0; i < dx.length; i++) {
            expectedDx[i] += before[i];
        }
        assertClose(dx, expectedDx);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "1, 1", "5, 2", "11, 64"})
    void denseUnitFollowsItsFormulas(int inputs, int batch) {
        int offset = 1;
        float[] weights = normal(offset + inputs);
        float[] x = normal(inputs * batch);
        float[] dScores = normal(batch + 4);
        float[] dx = new float[3 + inputs * batch];
        float[] scores = new float[batch + 2];
        float[] dWeights = normal(inputs);
        kernels.denseScores(weights, offset, inputs, -1f, x, batch, scores, 2);
        kernels.denseGradients(weights, offset, inputs, x, 0, batch, dScores, 4, dx, 3, dWeights);

        double[] expectedScores = filled(batch + 2, -1);
        expectedScores[0] = 0;
        expectedScores[1] = 0;
        double[] expectedDx = new double[dx.length];
        for (int j = 0; j < inputs; j++) {
            double dWeight = 0;
            for (int i = 0; i < batch; i++) {
                expectedScores[2 + i] += (double) weights[offset + j] * x[j * batch + i];
                expectedDx[3 + j * batch + i] += (double) weights[offset + j] * dScores[4 + i];
                dWeight += (double) dScores[4 + i] * x[j * batch + i];
            }
            assertThat(dWeights[j]).isCloseTo((float) dWeight, within(1e-4f));
        }
        assertClose(scores, expectedScores);
        assertClose(dx, expectedDx);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 2", "1, 5, 3", "4, 1, 1", "5, 11, 7"})
    void severalUnitsAreOneUnitAfterTheOther(int units, int inputs, int batch) {
        float[] weights = normal(20 + inputs);
        int[] offsets = {-1, 20, 3, 3, 0, 11};
        float[] x = normal(1 + inputs * batch);
        float[] scores = filledWith(-1, 2 + units * batch);
        float[] dScores = normal(units * batch);
        float[] dx = normal(inputs * batch);
        float[] dWeights = normal(units * inputs);
        float[] expectedDx = dx.clone();
        float[] row = new float[inputs];
        kernels.addDenseScores(weights, offsets, 1, units, inputs, x, 1, batch, scores, 2);
        kernels.denseGradients(weights, offsets, 1, units, inputs, x, 1, batch, dScores, 0, dx, 0, dWeights);
        for (int unit = 0; unit < units; unit++) {
            float[] expected = new float[batch];
            int from = unit * batch;
            kernels.denseScores(weights, offsets[1 + unit], inputs, -1, x, 1, batch, expected, 0);
            assertThat(Arrays.copyOfRange(scores, 2 + from, 2 + from + batch)).isEqualTo(expected);
            kernels.denseGradients(weights, offsets[1 + unit], inputs, x, 1, batch, dScores, from, expectedDx, 0, row);
            assertThat(Arrays.copyOfRange(dWeights, unit * inputs, (unit + 1) * inputs))
                    .isEqualTo(row);
        }
        assertThat(dx).isEqualTo(expectedDx);
    }

    private static float[] filledWith(float value, int n) {
        float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }

    private float[] normal(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] filled(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("element %d", i).isCloseTo(expected[i], within(1e-4));
        }
    }
}
