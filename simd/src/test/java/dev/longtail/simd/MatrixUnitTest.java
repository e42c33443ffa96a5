package dev.longtail.simd;

import static dev.longtail.simd.Floats.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.ScalarKernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of matrices against sums in double precision. */
class MatrixUnitTest {

    private static final int GAP = 2;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 7, 8, 16, 17, 24, 31, 32, 33, 40})
    void productsAreAdded(int columns) {
        for (int rows : new int[] {0, 1, 2, 3, 4, 5, 8, 11}) {
            for (int inner : new int[] {0, 1, 2, 5, 16}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    check(rows, inner, columns, transposed);
                }
            }
        }
    }

    private void check(int rows, int inner, int columns, boolean transposed) {
        int aRow = transposed ? 1 : inner + GAP;
        int aColumn = transposed ? rows + GAP : 1;
        int stride = columns + GAP;
        float[] a = random(1, 3 + (rows + GAP) * (inner + GAP));
        float[] b = random(2, 5 + inner * stride + columns);
        float[] before = random(3, 1 + rows * stride + columns);
        float[] bySimd = before.clone();
        float[] byScalar = before.clone();
        vector.multiplyAdd(a, 3, aRow, aColumn, b, 5, stride, bySimd, 1, stride, rows, inner, columns);
        scalar.multiplyAdd(a, 3, aRow, aColumn, b, 5, stride, byScalar, 1, stride, rows, inner, columns);
        for (int at = 0; at < before.length; at++) {
            int i = (at - 1) / stride;
            int j = (at - 1) % stride;
            double expected = before[at];
            if (at > 0 && i < rows && j < columns) {
                for (int p = 0; p < inner; p++) {
                    expected += (double) a[3 + i * aRow + p * aColumn] * b[5 + p * stride + j];
                }
            }
            assertThat((double) bySimd[at]).isCloseTo(expected, within(1e-4));
            assertThat((double) byScalar[at]).isCloseTo(expected, within(1e-4));
        }
    }
}
