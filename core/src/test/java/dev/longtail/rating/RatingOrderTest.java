package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingOrderTest {

    private static RatingSet numbered(int size) {
        int[] numbers = IntStream.range(0, size).toArray();
        float[] ratings = new float[size];
        Arrays.fill(ratings, 1);
        return RatingSet.of(numbers, numbers, ratings);
    }

    private static List<Integer> epoch(RatingSet set, int batch, long seed, int epoch) {
        List<Integer> order = new ArrayList<>();
        RatingBatch buffer = new RatingBatch(batch);
        RatingOrder batches = new RatingOrder(set, seed, epoch);
        while (batches.next(buffer)) {
            assertThat(buffer.size() == batch || order.size() + buffer.size() == set.size())
                    .as("only the last batch may be short")
                    .isTrue();
            for (int i = 0; i < buffer.size(); i++) {
                assertThat(buffer.items()[i]).isEqualTo(buffer.users()[i]);
                order.add(buffer.users()[i]);
            }
        }
        return order;
    }

    @ParameterizedTest
    @CsvSource({"1000, 100", "1000, 64", "1000, 7", "1, 16", "64, 64", "65, 1000", "1024, 1024"})
    void everyRatingPassesOnceAnEpoch(int size, int batch) {
        RatingSet set = numbered(size).shuffled(3);
        List<Integer> first = epoch(set, batch, 1, 1);
        assertThat(first)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, size).boxed().toList());
        assertThat(epoch(set, batch, 1, 1)).isEqualTo(first);
        if (size > 128) {
            assertThat(epoch(set, batch, 1, 2)).isNotEqualTo(first);
            assertThat(epoch(set, batch, 2, 1)).isNotEqualTo(first);
        }
    }

    /** Groups follow one another in an order of the epoch's own, each in one piece, and nothing is lost. */
    @Test
    void groupedRatingsPassGroupByGroup() {
        int size = 6000;
        Random random = new Random(7);
        int[] users = random.ints(size, 0, 20_000).toArray();
        int[] items = random.ints(size, 0, 9_000).toArray();
        float[] ratings = new float[size];
        for (int i = 0; i < size; i++) {
            ratings[i] = i;
        }
        RatingGroups groups = RatingGroups.of(20_000, 9_000);
        assertThat(groups.count()).isEqualTo(5 * 3);
        RatingSet set = RatingSet.of(users, items, ratings).shuffled(3).grouped(groups);
        List<List<Integer>> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= 2; epoch++) {
            RatingBatch batch = new RatingBatch(100);
            RatingOrder order = new RatingOrder(set, 1, epoch);
            List<Integer> visited = new ArrayList<>();
            TreeSet<Integer> passed = new TreeSet<>();
            int previous = -1;
            while (order.next(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    int number = (int) batch.ratings()[i];
                    assertThat(batch.users()[i]).isEqualTo(users[number]);
                    assertThat(batch.items()[i]).isEqualTo(items[number]);
                    int group = groups.groupOf(users[number], items[number]);
                    if (group != previous) {
                        assertThat(previous < 0 || previous / 3 == group / 3 || previous % 3 == group % 3)
                                .as("users or items stay the same from group to group")
                                .isTrue();
                        assertThat(passed.add(group))
                                .as("a group is in one piece")
                                .isTrue();
                        previous = group;
                    }
                    visited.add(number);
                }
            }
            assertThat(visited)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, size).boxed().toList());
            assertThat(passed).hasSize(15);
            epochs.add(visited);
        }
        assertThat(epochs.get(1)).isNotEqualTo(epochs.get(0));
    }

    /** Small sets are one group, so that their order is that of blocks alone; millions of rows are 64 ranges. */
    @Test
    void rangesHaveAboutAsManyRowsAsACacheHolds() {
        assertThat(RatingGroups.of(4096, 4096)).isEqualTo(new RatingGroups(4096, 4096, 1, 1));
        assertThat(RatingGroups.of(4097, 1).userRanges()).isEqualTo(2);
        RatingGroups many = RatingGroups.of(43_500_000, 15_200_000);
        assertThat(many.count()).isEqualTo(64 * 64);
        assertThat(many.groupOf(43_499_999, 15_199_999)).isEqualTo(64 * 64 - 1);
        RatingSet set = numbered(1000).shuffled(3);
        RatingSet grouped = numbered(1000).shuffled(3).grouped(RatingGroups.of(1000, 1000));
        assertThat(epoch(grouped, 70, 1, 2)).isEqualTo(epoch(set, 70, 1, 2));
    }

    @Test
    void anOrderNeedsShuffledRatings() {
        RatingSet set = numbered(10);
        assertThatThrownBy(() -> new RatingOrder(set, 1, 1)).hasMessageContaining("in random order");
        RatingSet shuffled = set.shuffled(1);
        assertThat(set.user(0)).as("a copy is shuffled").isZero();
        assertThat(IntStream.range(0, 10).map(shuffled::user))
                .isNotEqualTo(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void seenItemsAreThoseOfTheUser() {
        Random random = new Random(5);
        int[] users = random.ints(500, 0, 20).toArray();
        int[] items = random.ints(500, 0, 30).toArray();
        users[7] = Ids.UNKNOWN;
        items[9] = Ids.UNKNOWN;
        SeenItems seen = SeenItems.of(RatingSet.of(users, items, new float[500]), 21);
        for (int user = 0; user < 21; user++) {
            TreeSet<Integer> expected = new TreeSet<>();
            for (int i = 0; i < 500; i++) {
                if (users[i] == user && items[i] >= 0) {
                    expected.add(items[i]);
                }
            }
            assertThat(seen.of(user))
                    .containsExactly(expected.stream().mapToInt(i -> i).toArray());
        }
        for (int count : new int[] {30, 1 << 17}) {
            List<Tensor> tensors = seen.tensors(count);
            assertThat(tensors.get(1) instanceof Tensor.Chars).isEqualTo(count == 30);
            SeenItems read = SeenItems.ofTensors(tensors, 21, count);
            assertThat(read.size()).isEqualTo(seen.size());
            assertThat(read.of(13)).containsExactly(seen.of(13));
        }
    }

    @Test
    void seenItemsThatLieAreRefused() {
        RatingSet set = RatingSet.of(new int[] {0, 0, 1}, new int[] {0, 2, 1}, new float[3]);
        assertThatThrownBy(() -> SeenItems.ofTensors(SeenItems.of(set, 2).tensors(3), 3, 3))
                .hasMessageContaining("seen.starts must be 4 numbers long");
        assertThatThrownBy(() -> SeenItems.ofTensors(SeenItems.of(set, 2).tensors(3), 2, 2))
                .hasMessageContaining("seen.items of user 0 must be ascending and below 2");
        int[] starts = {0, 4, 3};
        Tensor.Ints wrong = new Tensor.Ints("seen.starts", List.of(3L), List.of(starts));
        Tensor items = SeenItems.of(set, 2).tensors(3).get(1);
        assertThatThrownBy(() -> SeenItems.ofTensors(List.of(wrong, items), 2, 3))
                .hasMessageContaining("seen.starts must be ascending");
        assertThatThrownBy(() -> SeenItems.ofTensors(List.of(items), 2, 3)).hasMessageContaining("must hold");
    }
}
