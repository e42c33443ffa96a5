package dev.longtail.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Kernels;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.ScalarKernels;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over pairs of rows on vectors against the scalar specification. */
class RowPairsTest {

    private static final int ROWS = 9;
    private static final int PAIRS = 53;
    private static final float NEAR = 1e-4f;

    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();
    private final int[] own = new SplittableRandom(1).ints(PAIRS, 0, ROWS).toArray();
    private final int[] others = new SplittableRandom(2).ints(PAIRS, 0, ROWS).toArray();

    private static Panel panel(int seed, int n) {
        return new Panel(Floats.random(seed, ROWS * n + 5), 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 8, 12, 16, 17, 24, 32, 37, 48})
    void productsOfPairs(int n) {
        Panel a = panel(3, n);
        Panel b = panel(4, n);
        float[] found = Floats.random(5, PAIRS);
        float[] expected = found.clone();
        vector.pairDots(a, own, b, others, 2, PAIRS - 1, n, found);
        scalar.pairDots(a, own, b, others, 2, PAIRS - 1, n, expected);
        assertThat(found).containsExactly(expected, within(NEAR));
        assertThat(new float[] {found[0], found[1], found[PAIRS - 1]})
                .as("outside of the range")
                .containsExactly(expected[0], expected[1], expected[PAIRS - 1]);
    }

    /** A product does not depend on the pairs beside it, so that halves of a batch have the bits of the whole. */
    @ParameterizedTest
    @ValueSource(ints = {5, 8, 16, 32, 37})
    void bitsOfAPairDoNotDependOnTheRange(int n) {
        Panel a = panel(3, n);
        Panel b = panel(4, n);
        float[] whole = new float[PAIRS];
        float[] pieces = new float[PAIRS];
        vector.pairDots(a, own, b, others, 0, PAIRS, n, whole);
        for (int from = 0; from < PAIRS; from += 7) {
            vector.pairDots(a, own, b, others, from, Math.min(PAIRS, from + 7), n, pieces);
        }
        assertThat(pieces).containsExactly(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 7, 8, 12, 16, 17, 24, 32, 37, 48})
    void sumsOfRows(int n) {
        float[] weights = Floats.random(6, PAIRS);
        Panel x = panel(7, n);
        Panel found = panel(8, n);
        Panel expected = new Panel(found.values().clone(), found.offset());
        vector.scaledRows(0.5f, weights, x, found, ROWS - 2, n);
        scalar.scaledRows(0.5f, weights, x, expected, ROWS - 2, n);
        assertThat(found.values()).containsExactly(expected.values(), within(NEAR));
        vector.addScaledRows(weights, x, others, found, own, PAIRS, n);
        scalar.addScaledRows(weights, x, others, expected, own, PAIRS, n);
        assertThat(found.values()).containsExactly(expected.values(), within(NEAR));
    }
}
