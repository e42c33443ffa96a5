package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedBlocksTest {

    private static final MixedConfig.Rounding POWERS = MixedConfig.Rounding.POWER_OF_TWO;

    private static MixedBlocks of(int[] counts, int dimension, int blocks, float temperature) {
        return MixedBlocks.of(counts, dimension, new MixedConfig(blocks, temperature, POWERS, 1));
    }

    /**
     * Numbers of ratings in falling order through published quantiles of MovieLens 1M (users 20, 44, 96, 208 and 2,314
     * at 0, 25, 50, 75 and 100 %; films 1, 33, 123.5, 350 and 3,428), straight in their logarithms; the upper ones are
     * such that both sum up to its million.
     */
    private static int[] curve(int size, double[] at, double[] counts) {
        int[] curve = new int[size];
        for (int i = 0; i < size; i++) {
            double quantile = (size - i - 0.5) / size;
            int right = 1;
            while (at[right] < quantile) {
                right++;
            }
            double share = (quantile - at[right - 1]) / (at[right] - at[right - 1]);
            curve[i] = (int)
                    Math.round(Math.exp((1 - share) * Math.log(counts[right - 1]) + share * Math.log(counts[right])));
        }
        return curve;
    }

    private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 0.9, 0.99, 1};
    private static final int[] USERS = curve(6040, QUANTILES, new double[] {20, 44, 96, 208, 400, 900, 2314});
    private static final int[] FILMS = curve(3706, QUANTILES, new double[] {1, 33, 123.5, 350, 729, 1784, 3428});

    /**
     * Numbers in thousands of Table 14 of Anchor and Transform; its real counts are not ours, so they are met within
     * 15 %. Were a block's own popularity to decide in place of its rows', all rows would have the full length.
     */
    @ParameterizedTest
    @CsvSource({
        "16, 0.4, 8, 66.6",
        "16, 0.4, 16, 66.2",
        "16, 0.6, 8, 47.0",
        "16, 0.6, 16, 42.9",
        "32, 0.6, 8, 94.0",
        "32, 0.6, 16, 84.6"
    })
    void numbersAreNearlyThoseOfThePaper(int dimension, float temperature, int blocks, double thousands) {
        assertThat(Arrays.stream(USERS).sum()).isCloseTo(1_000_209, Percentage.withPercentage(7));
        assertThat(Arrays.stream(FILMS).sum()).isCloseTo(1_000_209, Percentage.withPercentage(7));
        long numbers = of(USERS, dimension, blocks, temperature).parameters(dimension)
                + of(FILMS, dimension, blocks, temperature).parameters(dimension);
        assertThat(numbers / 1000.0).isCloseTo(thousands, Percentage.withPercentage(15));
    }

    @Test
    void blocksAreOfTheSamePopularity() {
        MixedBlocks blocks = of(FILMS, 16, 8, 0.6f);
        assertThat(blocks.count()).isEqualTo(8);
        assertThat(blocks.features()).isEqualTo(3706);
        double share = Arrays.stream(FILMS).sum() / 8.0;
        for (int block = 0; block < 8; block++) {
            int sum = Arrays.stream(FILMS, blocks.starts()[block], blocks.starts()[block + 1])
                    .sum();
            assertThat((double) sum).isCloseTo(share, within((double) FILMS[0]));
            assertThat(blocks.of(blocks.starts()[block])).isEqualTo(block);
            assertThat(blocks.of(blocks.starts()[block + 1] - 1)).isEqualTo(block);
        }
    }

    /** By hand: blocks of 8, 8 and 8 with means 8, 4 and 2, so relative lengths 1, 1/2 and 1/4 at temperature 1. */
    @Test
    void lengthsFollowTheMeanPopularityOfRows() {
        int[] counts = {8, 4, 4, 2, 2, 2, 2};
        MixedBlocks blocks = of(counts, 16, 3, 1);
        assertThat(blocks.starts()).containsExactly(0, 1, 3, 7);
        assertThat(blocks.widths()).containsExactly(16, 8, 4);
        assertThat(blocks.parameters(16)).isEqualTo(16 + 2 * 8 + 4 * 4 + (8 + 4) * 16);
        // sqrt: 16, 11.3, 8
        MixedConfig nearest = new MixedConfig(3, 0.5f, MixedConfig.Rounding.NEAREST, 1);
        assertThat(MixedBlocks.of(counts, 16, nearest).widths()).containsExactly(16, 11, 8);
        assertThat(of(counts, 16, 3, 0).parameters(16)).isEqualTo(7 * 16);
    }

    @Test
    void aFeatureMorePopularThanABlockIsOneAlone() {
        MixedBlocks blocks = of(new int[] {97, 1, 1, 1}, 8, 4, 1);
        assertThat(blocks.starts()).containsExactly(0, 1, 4);
        assertThat(blocks.widths()).containsExactly(8, 1);
        assertThat(of(new int[] {0, 0}, 8, 4, 1).widths()).containsExactly(8);
    }

    @Test
    void countsInAnotherOrderAreRefused() {
        assertThatThrownBy(() -> of(new int[] {3, 4}, 8, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("counts of the features of a mixed table must be in falling order, got 4");
    }
}
