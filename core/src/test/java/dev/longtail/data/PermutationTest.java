package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {

    @Test
    void holdsEveryNumberOnce() {
        for (int size : new int[] {0, 1, 2, 3, 1000}) {
            int[] order = Permutation.of(size, 42, 3);
            Arrays.sort(order);
            assertThat(order).isEqualTo(IntStream.range(0, size).toArray());
        }
    }

    @Test
    void dependsOnSeedAndEpochAlone() {
        assertThat(Permutation.of(100, 1, 0)).isEqualTo(Permutation.of(100, 1, 0));
        assertThat(Permutation.of(100, 1, 0)).isNotEqualTo(Permutation.of(100, 1, 1));
        assertThat(Permutation.of(100, 1, 0)).isNotEqualTo(Permutation.of(100, 2, 0));
        assertThat(Permutation.of(100, 0, 1)).isNotEqualTo(Permutation.of(100, 1, 0));
    }

    @Test
    void makesEveryOrderEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (int epoch = 0; epoch < 24_000; epoch++) {
            counts.merge(Arrays.toString(Permutation.of(4, 7, epoch)), 1, Integer::sum);
        }
        assertThat(counts).hasSize(24);
        // Expected 1000 each; chi-square with 23 degrees of freedom exceeds 49.7 once in a thousand seeds.
        double chiSquare = counts.values().stream()
                .mapToDouble(count -> (count - 1000.0) * (count - 1000.0) / 1000)
                .sum();
        assertThat(chiSquare).isLessThan(49.7);
    }

    @Test
    void drawsTheNumbersOfTheJdksGenerator() {
        // The JDK adds the same increment and mixes with the same function, only it starts from another state.
        SplitMix64 random = new SplitMix64(5, 6);
        SplittableRandom jdk = new SplittableRandom(RandomStream.key(5, 6, 0));
        for (int i = 0; i < 100; i++) {
            assertThat(random.next()).isEqualTo(jdk.nextLong());
        }
    }

    @Test
    void neverReachesTheBound() {
        SplitMix64 random = new SplitMix64(1, 1);
        boolean[] seen = new boolean[3];
        for (int i = 0; i < 1000; i++) {
            seen[random.next(3)] = true;
            assertThat(random.next(Integer.MAX_VALUE)).isNotNegative();
        }
        assertThat(seen).containsOnly(true);
    }
}
