package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewIdsTest {

    @ParameterizedTest
    @ValueSource(ints = {10, 65_535, 65_536, 200_000})
    void inverseHoldsTheRowsOfEachId(int bound) {
        FewIds ids = new FewIds(4, 3, bound);
        ids.set(2, new int[] {bound - 1, 0, 3}, 3);
        ids.set(0, new int[] {3, 7, 99}, 2);
        ids.set(3, new int[] {0}, 1);

        assertThat(ids.counts(bound)).hasSize(bound).contains(2, 0).satisfies(counts -> {
            assertThat(counts[0]).isEqualTo(2);
            assertThat(counts[3]).isEqualTo(2);
            assertThat(counts[7]).isEqualTo(1);
            assertThat(counts[bound - 1]).isEqualTo(1);
            assertThat(java.util.Arrays.stream(counts).sum()).isEqualTo(6);
        });
        IdLists low = ids.inverse(0, 4);
        assertThat(list(low, 0)).containsExactly(2, 3);
        assertThat(list(low, 1)).isEmpty();
        assertThat(list(low, 3)).containsExactly(0, 2);
        assertThat(list(ids.inverse(bound - 1, bound), 0)).containsExactly(2);
    }

    private static int[] list(IdLists lists, int row) {
        return java.util.Arrays.copyOfRange(lists.ids(), lists.start(row), lists.start(row + 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000_000_000})
    void tooManyAreRefused(int width) {
        assertThatThrownBy(() -> new FewIds(10, width, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 2^31");
    }
}
