package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DistinctIdsTest {

    private final DistinctIds.Found found = new DistinctIds.Found(8);

    private static int[] ids(DistinctIds.Found found) {
        return Arrays.copyOf(found.ids(), found.count());
    }

    private static int[] places(DistinctIds.Found found) {
        return Arrays.copyOf(found.places(), found.size());
    }

    @Test
    void idsStandInTheOrderOfTheirFirstOccurrence() {
        new DistinctIds(10).collect(new int[] {7, 3, 7, 0, 3, 7}, 6, found);
        assertThat(ids(found)).containsExactly(7, 3, 0);
        assertThat(places(found)).containsExactly(0, 1, 0, 2, 1, 0);
        assertThat(Arrays.copyOf(found.times(), 3)).containsExactly(3, 2, 1);
    }

    @Test
    void nothingOfTheBatchBeforeIsLeft() {
        DistinctIds set = new DistinctIds(10);
        set.collect(new int[] {9, 8, 7, 6, 9}, 5, found);
        set.collect(new int[] {6, 9, 6, 1}, 3, found);
        assertThat(ids(found)).containsExactly(6, 9);
        assertThat(places(found)).containsExactly(0, 1, 0);
        assertThat(found.times()[0]).isEqualTo(2);
        set.collect(new int[] {}, 0, found);
        assertThat(found.count()).isZero();
    }

    /** Two batches in turn, of which one is still read while the other is found. */
    @Test
    void batchesLeaveEachOtherAlone() {
        DistinctIds set = new DistinctIds(10);
        DistinctIds.Found other = new DistinctIds.Found(8);
        set.collect(new int[] {5, 2, 5}, 3, found);
        set.collect(new int[] {2, 4, 5, 2}, 4, other);
        assertThat(ids(found)).containsExactly(5, 2);
        assertThat(places(found)).containsExactly(0, 1, 0);
        assertThat(ids(other)).containsExactly(2, 4, 5);
        assertThat(places(other)).containsExactly(0, 1, 2, 0);
        set.collect(new int[] {4, 5}, 2, found);
        assertThat(ids(found)).containsExactly(4, 5);
    }

    @Test
    void idsThatAreAddedLaterAreKnown() {
        DistinctIds set = new DistinctIds(2);
        set.collect(new int[] {1, 0}, 2, found);
        set.grow(5);
        set.collect(new int[] {4, 1, 4}, 3, found);
        assertThat(ids(found)).containsExactly(4, 1);
        assertThat(places(found)).containsExactly(0, 1, 0);
    }
}
