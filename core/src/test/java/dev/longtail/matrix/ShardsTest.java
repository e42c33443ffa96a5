package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Panel;
import dev.longtail.parallel.Workers;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardsTest {

    @Test
    void shardsCoverAllRowsOnceInOrder() {
        for (int rows : new int[] {1, 2, 255, 256, 257, 5000, 25_213, 1_000_003}) {
            Shards shards = Shards.of(rows, 64);
            assertThat(shards.first(0)).isZero();
            assertThat(shards.first(shards.count())).isEqualTo(rows);
            for (int shard = 0; shard < shards.count(); shard++) {
                assertThat(shards.size(shard)).isPositive();
            }
            for (int row = 0; row < rows; row += 1 + rows / 1000) {
                int shard = shards.of(row);
                assertThat(row).isBetween(shards.first(shard), shards.first(shard + 1) - 1);
            }
        }
    }

    @Test
    void noShardOfAVeryLargeLayerHoldsMoreParametersThanAnArrayCan() {
        Shards shards = Shards.of(100_000_000, 128);
        for (int shard = 0; shard < shards.count(); shard++) {
            assertThat(shards.size(shard) * 128L).isLessThan(Integer.MAX_VALUE / 4);
        }
    }

    // 40,000,000 rows of 64 are 2.56 x 10^9 parameters, past 2^31; 134,217,728 of 128 are 2^34.
    @ParameterizedTest
    @CsvSource({"40000000, 64, 1", "40000000, 64, 64", "134217728, 128, 1", "2147483647, 1, 1", "2147483000, 4, 16"})
    void cutsPastTwoToThe31AreCountedInLongs(int rows, int width, int group) {
        Shards shards = Shards.of(rows, width, group);
        long parameters = 0;
        int end = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            assertThat(shards.first(shard)).isEqualTo(end);
            assertThat(shards.first(shard) % group).isZero();
            assertThat(shards.size(shard)).isPositive();
            assertThat(shards.size(shard) * (long) width).isLessThanOrEqualTo((1L << 28) + group * (long) width);
            parameters += shards.size(shard) * (long) width;
            end = shards.first(shard) + shards.size(shard);
            assertThat(shards.of(shards.first(shard))).isEqualTo(shard);
            assertThat(shards.of(end - 1)).isEqualTo(shard);
        }
        assertThat(end).isEqualTo(rows);
        assertThat(parameters)
                .isEqualTo(new BigInteger("" + rows)
                        .multiply(new BigInteger("" + width))
                        .longValueExact());
    }

    @Test
    void aTensorPastTwoToThe31CountsItsElements() {
        Tensor weights = new Tensor.Floats("output.weights", List.of(40_000_000L, 64L), List.of());
        assertThat(weights.elements()).isEqualTo(2_560_000_000L);
    }

    @Test
    void aShardedSumHasTheSameBitsForAnyNumberOfThreads() {
        ShardedSum sum = ShardedSum.bounded(5, 1000);
        Random random = new Random(1);
        for (int shard = 0; shard < 5; shard++) {
            Panel part = sum.cleared(shard, 777);
            for (int i = 0; i < 777; i++) {
                part.values()[part.at(i)] = (float) random.nextGaussian() * (1 << random.nextInt(20));
            }
        }
        float[] one = new float[777];
        float[] three = new float[777];
        try (Workers single = new Workers(1);
                Workers several = new Workers(3)) {
            sum.into(new Panel(one, 0), 777, single);
            sum.into(new Panel(three, 0), 777, several);
        }
        assertThat(three).isEqualTo(one);
        float[] expected = new float[777];
        for (int shard = 0; shard < 5; shard++) {
            expected = plus(expected, sum, shard);
        }
        assertThat(one).isEqualTo(expected);
    }

    @Test
    void aBoundedSumHasArraysFor64MebibytesButFourAtLeast() {
        assertThat(ShardedSum.bounded(16, 768 * 64).parts()).isEqualTo(16);
        assertThat(ShardedSum.bounded(16, 4096 * 256).parts()).isEqualTo(16);
        assertThat(ShardedSum.bounded(16, 8192 * 256).parts()).isEqualTo(8);
        assertThat(ShardedSum.bounded(16, 12 << 20).parts()).isEqualTo(4);
        assertThat(ShardedSum.bounded(3, 12 << 20).parts()).isEqualTo(3);
        assertThat(ShardedSum.bounded(1, 768).parts()).isEqualTo(1);
    }

    @Test
    void everyShardContributesOnceToASharedArrayInOrder() {
        int n = 3 << 20;
        int shards = 11;
        ShardedSum sum = ShardedSum.bounded(shards, n);
        assertThat(sum.parts()).isEqualTo(5);
        float[] one = gathered(sum, n, shards, 1);
        assertThat(gathered(sum, n, shards, 3)).isEqualTo(one);
        // parts begin at shards 0, 2, 4, 6, 8; each shard doubles what is there and adds its number + 1
        float[] parts = new float[5];
        for (int part = 0; part < 5; part++) {
            for (int shard = part * shards / 5; shard < (part + 1) * shards / 5; shard++) {
                parts[part] = 2 * parts[part] + shard + 1;
            }
        }
        assertThat(one[0]).isEqualTo(parts[0] + parts[1] + parts[2] + parts[3] + parts[4]);
        assertThat(one[n - 1]).isEqualTo(one[0]);
    }

    private static float[] gathered(ShardedSum sum, int n, int shards, int threads) {
        Panel total = Panel.of(n);
        int[] calls = new int[shards];
        try (Workers workers = new Workers(threads)) {
            sum.gather(n, workers, (shard, worker, part) -> {
                calls[shard]++;
                for (int i = 0; i < n; i++) {
                    part.values()[part.at(i)] = 2 * part.values()[part.at(i)] + shard + 1;
                }
            });
            sum.into(total, n, workers);
        }
        assertThat(calls).containsOnly(1);
        return Arrays.copyOfRange(total.values(), total.offset(), total.at(n));
    }

    private static float[] plus(float[] total, ShardedSum sum, int shard) {
        Panel part = sum.part(shard);
        float[] next = total.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] = total[i] + part.values()[part.at(i)];
        }
        return next;
    }
}
