package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedMovesTest {

    @Test
    void movesAreInProportionToWeights() {
        assertThat(SharedMoves.share(new float[] {1, 2, 3, 0, 4}, 20, 10)).containsExactly(2, 4, 6, 0, 8);
    }

    @Test
    void whatTheBoundCutsOffGoesToTheOthersInProportion() {
        // 20 * (10, 10, 10, 70) / 100 = (2, 2, 2, 14); bounded by 8, the 12 that are left are shared by three
        assertThat(SharedMoves.share(new float[] {10, 10, 10, 70}, 20, 8)).containsExactly(4, 4, 4, 8);
    }

    @Test
    void rowsWithoutAWeightShareWhatOthersCannotTake() {
        assertThat(SharedMoves.share(new float[] {0, 5, 0, 5}, 14, 4)).containsExactly(3, 4, 3, 4);
        assertThat(SharedMoves.share(new float[4], 8, 4)).containsExactly(2, 2, 2, 2);
    }

    @Test
    void noMoreMovesThanRowsTakeAndNoneIsPossible() {
        assertThat(SharedMoves.share(new float[] {1, 9}, 100, 3)).containsExactly(3, 3);
        assertThat(SharedMoves.share(new float[] {1, 9}, 0, 3)).containsExactly(0, 0);
        assertThat(SharedMoves.share(new float[] {1, 9}, 5, 0)).containsExactly(0, 0);
    }

    @Test
    void theTotalIsExactAndNoShareIsAMoveOff() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            float[] weights = new float[1 + random.nextInt(300)];
            double sum = 0;
            for (int row = 0; row < weights.length; row++) {
                weights[row] = (float) Math.exp(random.nextDouble() * 6);
                sum += weights[row];
            }
            long total = random.nextInt(10 * weights.length);
            int[] bounded = SharedMoves.share(weights, total, 12);
            assertThat(Arrays.stream(bounded).asLongStream().sum()).isEqualTo(total);
            assertThat(Arrays.stream(bounded).boxed()).allMatch(moves -> moves >= 0 && moves <= 12);
            int[] free = SharedMoves.share(weights, total, Integer.MAX_VALUE);
            for (int row = 0; row < weights.length; row++) {
                double share = total * (double) weights[row] / sum;
                assertThat((double) free[row]).isBetween(share - 1.001, share + 1.001);
            }
        }
    }
}
