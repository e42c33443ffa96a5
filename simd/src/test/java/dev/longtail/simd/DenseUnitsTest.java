package dev.longtail.simd;

import static dev.longtail.simd.Floats.assertSums;
import static dev.longtail.simd.Floats.magnitudes;
import static dev.longtail.simd.Floats.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several units at a time: the bits of one unit after the other, and the numbers of the scalar kernels. */
class DenseUnitsTest {

    private static final int LEAD = 3;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    static IntStream batches() {
        return IntStream.of(0, 1, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 80, 101, 128, 131);
    }

    /** A subset of rows, in no order, with gaps between them. */
    private static int[] offsets(int units, int inputs) {
        SplittableRandom random = new SplittableRandom(units);
        int[] offsets = new int[LEAD + units];
        Arrays.fill(offsets, 0, LEAD, -1);
        for (int unit = 0; unit < units; unit++) {
            offsets[LEAD + unit] = random.nextInt(12) * (inputs + 1) + 1;
        }
        return offsets;
    }

    @ParameterizedTest
    @MethodSource("batches")
    void scoresHaveTheBitsOfSingleUnits(int batch) {
        for (int units = 0; units <= 9; units++) {
            for (int inputs : new int[] {0, 1, 2, 3, 16, 40}) {
                int[] offsets = offsets(units, inputs);
                float[] weights = random(inputs, 12 * (inputs + 1) + 1);
                float[] x = random(batch, inputs * batch + 5);
                float[] actual = new float[2 + units * batch + 1];
                actual[actual.length - 1] = 42;
                float[] expected = actual.clone();
                float[] fromScalar = actual.clone();
                float[] sizes = actual.clone();
                for (int unit = 0; unit < units; unit++) {
                    float bias = 0.1f * unit;
                    for (float[] scores : new float[][] {actual, fromScalar, sizes}) {
                        Arrays.fill(scores, 2 + unit * batch, 2 + (unit + 1) * batch, bias);
                    }
                    vector.denseScores(
                            weights, offsets[LEAD + unit], inputs, bias, x, 5, batch, expected, 2 + unit * batch);
                }
                vector.addDenseScores(weights, offsets, LEAD, units, inputs, x, 5, batch, actual, 2);
                assertThat(actual).isEqualTo(expected);
                scalar.addDenseScores(weights, offsets, LEAD, units, inputs, x, 5, batch, fromScalar, 2);
                scalar.addDenseScores(
                        magnitudes(weights), offsets, LEAD, units, inputs, magnitudes(x), 5, batch, sizes, 2);
                assertSums(actual, fromScalar, sizes, inputs);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void gradientsHaveTheBitsOfSingleUnits(int batch) {
        for (int units = 0; units <= 9; units++) {
            for (int inputs : new int[] {0, 1, 2, 3, 16, 39}) {
                int[] offsets = offsets(units, inputs);
                float[] weights = random(inputs, 12 * (inputs + 1) + 1);
                float[] x = random(batch, inputs * batch + 5);
                float[] dScores = random(batch + 1L, 1 + units * batch);
                float[] before = random(7, inputs * batch + 3);
                float[] dx = before.clone();
                float[] dWeights = random(8, units * inputs + 1);
                float[] expectedDx = before.clone();
                float[] expectedDWeights = dWeights.clone();
                float[] row = new float[inputs];
                for (int unit = 0; unit < units; unit++) {
                    vector.denseGradients(
                            weights,
                            offsets[LEAD + unit],
                            inputs,
                            x,
                            5,
                            batch,
                            dScores,
                            1 + unit * batch,
                            expectedDx,
                            3,
                            row);
                    System.arraycopy(row, 0, expectedDWeights, unit * inputs, inputs);
                }
                gradients(vector, weights, offsets, units, inputs, x, batch, dScores, dx, dWeights);
                assertThat(dx).isEqualTo(expectedDx);
                assertThat(dWeights).isEqualTo(expectedDWeights);

                float[] scalarDx = before.clone();
                float[] scalarDWeights = dWeights.clone();
                gradients(scalar, weights, offsets, units, inputs, x, batch, dScores, scalarDx, scalarDWeights);
                float[] dxSizes = magnitudes(before);
                float[] dWeightsSizes = magnitudes(dWeights);
                gradients(
                        scalar,
                        magnitudes(weights),
                        offsets,
                        units,
                        inputs,
                        magnitudes(x),
                        batch,
                        magnitudes(dScores),
                        dxSizes,
                        dWeightsSizes);
                assertSums(dx, scalarDx, dxSizes, units);
                assertSums(dWeights, scalarDWeights, dWeightsSizes, batch);
            }
        }
    }

    private static void gradients(
            Kernels kernels,
            float[] weights,
            int[] offsets,
            int units,
            int inputs,
            float[] x,
            int batch,
            float[] dScores,
            float[] dx,
            float[] dWeights) {
        kernels.denseGradients(weights, offsets, LEAD, units, inputs, x, 5, batch, dScores, 1, dx, 3, dWeights);
    }

    @ParameterizedTest
    @MethodSource("batches")
    void partsOfALabelsSlotsAddUpToItsScoresAndGradients(int batch) {
        int inputs = 9;
        int fanIn = 7;
        for (int cut = 0; cut <= fanIn; cut++) {
            char[] indices = {4, 0, 8, 2, 1, 7, 3};
            float[] weights = random(1, fanIn);
            float[] x = random(batch, inputs * batch);
            float[] dScores = random(batch + 1L, batch);
            float[] scores = new float[batch];
            float[] expectedScores = new float[batch];
            vector.sparseScores(weights, 0, indices, 0, fanIn, 0.3f, x, 0, batch, expectedScores);
            vector.sparseScores(weights, 0, indices, 0, cut, 0.3f, x, 0, batch, scores);
            vector.addSparseScores(weights, cut, indices, cut, fanIn - cut, x, 0, batch, scores);
            assertThat(scores).isEqualTo(expectedScores);

            float[] dx = new float[inputs * batch];
            float[] dWeights = random(2, fanIn);
            float[] expectedDx = dx.clone();
            float[] expectedDWeights = dWeights.clone();
            vector.sparseGradients(
                    weights, 0, indices, 0, fanIn, x, 0, batch, dScores, expectedDx, 0, expectedDWeights);
            vector.sparseGradients(weights, 0, indices, 0, cut, x, 0, batch, dScores, dx, 0, dWeights, 0);
            vector.sparseGradients(weights, cut, indices, cut, fanIn - cut, x, 0, batch, dScores, dx, 0, dWeights, cut);
            assertThat(dx).isEqualTo(expectedDx);
            // an odd number of slots pairs them otherwise, which does not change the sums of a slot
            assertThat(dWeights).isEqualTo(expectedDWeights);
        }
    }
}
