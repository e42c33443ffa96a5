package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DistinctIdsTest {

    private static int[] ids(DistinctIds set) {
        return Arrays.copyOf(set.ids(), set.count());
    }

    private static int[] places(DistinctIds set) {
        return Arrays.copyOf(set.places(), set.size());
    }

    @Test
    void idsStandInTheOrderOfTheirFirstOccurrence() {
        DistinctIds set = new DistinctIds(10, 8);
        set.collect(new int[] {7, 3, 7, 0, 3, 7}, 6);
        assertThat(ids(set)).containsExactly(7, 3, 0);
        assertThat(places(set)).containsExactly(0, 1, 0, 2, 1, 0);
        assertThat(new float[] {set.times(0), set.times(1), set.times(2)}).containsExactly(3, 2, 1);
    }

    @Test
    void nothingOfTheBatchBeforeIsLeft() {
        DistinctIds set = new DistinctIds(10, 8);
        set.collect(new int[] {9, 8, 7, 6, 9}, 5);
        set.collect(new int[] {6, 9, 6, 1}, 3);
        assertThat(ids(set)).containsExactly(6, 9);
        assertThat(places(set)).containsExactly(0, 1, 0);
        assertThat(set.times(0)).isEqualTo(2);
        set.collect(new int[] {}, 0);
        assertThat(set.count()).isZero();
    }

    @Test
    void idsThatAreAddedLaterAreKnown() {
        DistinctIds set = new DistinctIds(2, 4);
        set.collect(new int[] {1, 0}, 2);
        set.grow(5);
        set.collect(new int[] {4, 1, 4}, 3);
        assertThat(ids(set)).containsExactly(4, 1);
        assertThat(places(set)).containsExactly(0, 1, 0);
    }
}
