package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    /** Examples whose only feature is their number. */
    private record Numbers(int size) implements Examples {
        @Override
        public void read(int example, Example into) {
            into.featureCount = 1;
            into.features[0] = example;
        }
    }

    private static int[] numbers(Examples examples) {
        Example example = new Example();
        int[] numbers = new int[examples.size()];
        for (int i = 0; i < numbers.length; i++) {
            examples.read(i, example);
            numbers[i] = example.features[0];
        }
        return numbers;
    }

    private static int[] union(Split split) {
        TreeSet<Integer> all = new TreeSet<>();
        Arrays.stream(numbers(split.train())).forEach(all::add);
        Arrays.stream(numbers(split.heldOut())).forEach(all::add);
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void cutsIntoTwoPartsWithoutLoss() {
        Split split = Split.byFraction(new Numbers(10_000), 10_000, 0.1, 1);
        assertThat(split.train().size() + split.heldOut().size()).isEqualTo(10_000);
        assertThat(union(split)).isEqualTo(IntStream.range(0, 10_000).toArray());
        // 1000 expected with a standard deviation of 30
        assertThat(split.heldOut().size()).isBetween(880, 1120);
    }

    @Test
    void decidesByExampleNumberAlone() {
        int[] few = numbers(Split.byFraction(new Numbers(500), 500, 0.3, 9).heldOut());
        int[] many = numbers(Split.byFraction(new Numbers(900), 900, 0.3, 9).heldOut());
        assertThat(Arrays.stream(many).filter(n -> n < 500).toArray()).isEqualTo(few);
        int[] otherSeed =
                numbers(Split.byFraction(new Numbers(500), 500, 0.3, 10).heldOut());
        assertThat(otherSeed).isNotEqualTo(few);
    }

    @Test
    void holdsOutAnExactNumber() {
        for (int count : new int[] {0, 1, 37, 100}) {
            Split split = Split.byCount(new Numbers(100), 100, count, 4);
            assertThat(split.heldOut().size()).isEqualTo(count);
            assertThat(union(split)).isEqualTo(IntStream.range(0, 100).toArray());
        }
    }

    @Test
    void holdsOutEligibleExamplesOnly() {
        Split split = Split.byFraction(new Numbers(100), 20, 0.9, 4);
        assertThat(Arrays.stream(numbers(split.heldOut())).max().orElseThrow()).isLessThan(20);
        assertThat(Split.byCount(new Numbers(100), 20, 20, 4).heldOut().size()).isEqualTo(20);
        assertThatThrownBy(() -> Split.byCount(new Numbers(100), 20, 21, 4))
                .hasMessage("count must be from 0 to 20, got 21");
    }

    @Test
    void holdsOutNothingAtFractionZero() {
        assertThat(Split.byFraction(new Numbers(1000), 1000, 0, 4).heldOut().size())
                .isZero();
    }
}
