package dev.longtail.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlocksTest {

    /** Weights 1, values 1 3 2 4: 3 and 2 are pooled to 2.5. */
    @Test
    void neighboursThatFallArePooled() {
        Blocks blocks = new Blocks(4);
        double[] values = {1, 3, 2, 4};
        for (int i = 0; i < 4; i++) {
            blocks.add(i, 1, values[i]);
        }
        blocks.pool();
        assertThat(blocks.size()).isEqualTo(3);
        assertThat(blocks.value(1)).isEqualTo(2.5);
        assertThat(blocks.weight(1)).isEqualTo(2);
        assertThat(blocks.score(1)).isEqualTo(1.5);
    }

    /**
     * The best values that do not fall are the means of some cut into pieces; with n values there are 2^(n-1) cuts, all
     * of which are tried.
     */
    @Test
    void noValuesThatDoNotFallAreNearer() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(9);
            double[] values = new double[n];
            double[] weights = new double[n];
            Blocks blocks = new Blocks(n);
            for (int i = 0; i < n; i++) {
                values[i] = random.nextInt(5);
                weights[i] = 1 + random.nextInt(3);
                blocks.add(i, weights[i], values[i]);
            }
            blocks.pool();
            double[] pooled = new double[n];
            int next = 0;
            for (int block = 0; block < blocks.size(); block++) {
                double weight = 0;
                while (weight < blocks.weight(block)) {
                    weight += weights[next];
                    pooled[next++] = blocks.value(block);
                }
                assertThat(block == 0 || blocks.value(block) > blocks.value(block - 1))
                        .isTrue();
            }
            assertThat(next).isEqualTo(n);
            assertThat(distance(pooled, values, weights)).isCloseTo(leastDistance(values, weights), within(1e-9));
        }
    }

    private static double leastDistance(double[] values, double[] weights) {
        int n = values.length;
        double least = Double.POSITIVE_INFINITY;
        for (int cuts = 0; cuts < 1 << (n - 1); cuts++) {
            double[] means = new double[n];
            boolean rising = true;
            for (int from = 0; from < n; ) {
                int to = from + 1;
                while (to < n && (cuts >> (to - 1) & 1) == 0) {
                    to++;
                }
                double sum = 0;
                double weight = 0;
                for (int i = from; i < to; i++) {
                    sum += weights[i] * values[i];
                    weight += weights[i];
                }
                for (int i = from; i < to; i++) {
                    means[i] = sum / weight;
                }
                rising &= from == 0 || means[from] >= means[from - 1];
                from = to;
            }
            least = rising ? Math.min(least, distance(means, values, weights)) : least;
        }
        return least;
    }

    private static double distance(double[] a, double[] b, double[] weights) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += weights[i] * (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
