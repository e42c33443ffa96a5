package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingSetTest {

    private static final int SIZE = 1000;

    /** A number n is stored as n + 1, and 0 is an unknown one. */
    @ParameterizedTest
    @CsvSource({"0, 2", "65534, 2", "65535, 3", "65536, 3", "16777214, 3", "16777215, 4", "16777216, 4", "2147483646, 4"
    })
    void numbersTakeAsManyBytesAsTheHighestNeeds(int highest, int width) {
        int[] numbers = {highest, Ids.UNKNOWN, 0, highest / 2, highest - 1};
        NumberColumn column = NumberColumn.of(numbers, numbers.length);
        assertThat(column.width()).isEqualTo(width);
        int[] copied = new int[7];
        column.copyTo(copied, 1, 0, 5);
        assertThat(Arrays.copyOfRange(copied, 1, 6)).isEqualTo(numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(column.get(i)).isEqualTo(numbers[i]);
        }
    }

    @Test
    void aNumberThatDoesNotFitIsRefused() {
        NumberColumn column = new NumberColumn(1, 10);
        assertThatThrownBy(() -> column.set(0, 65_535))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number 65535 does not fit into 2 bytes");
        assertThatThrownBy(() -> column.set(0, -2)).isInstanceOf(IllegalArgumentException.class);
    }

    /** 256 different ratings fit into a byte, one more does not; the values are the same either way. */
    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "256, 1", "257, 4", "900, 4"})
    void ratingsTakeAByteWhileFewAreDifferent(int different, int width) {
        float[] ratings = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            ratings[i] = (i * 7 % different) / 3f - 20;
        }
        RatingColumn column = RatingColumn.of(ratings, SIZE);
        assertThat(column.width()).isEqualTo(width);
        float[] copied = new float[SIZE];
        column.copyTo(copied, 0, 0, SIZE);
        assertThat(copied).isEqualTo(ratings);
        assertThat(column.get(999)).isEqualTo(ratings[999]);
    }

    @Test
    void aRatingThatIsNotOnTheScaleIsRefused() {
        RatingColumn column = new RatingColumn(3, new float[] {5, 1});
        column.set(0, 5);
        assertThat(column.get(0)).isEqualTo(5);
        assertThat(column.get(1)).isEqualTo(1);
        assertThatThrownBy(() -> column.set(1, 2)).hasMessage("a rating of 2.0 is not on the scale");
    }

    /** However many bytes its columns take, a set is brought into the same order, each rating in one piece. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "70, 1, 1", "70000, 70, 1", "1, 70000, 0.25"})
    void theSameSeedDrawsTheSameOrder(int userStep, int itemStep, float ratingStep) {
        int[] users = new int[SIZE];
        int[] items = new int[SIZE];
        float[] ratings = new float[SIZE];
        int[] order = new int[SIZE];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < SIZE; i++) {
            order[i] = i;
            users[i] = random.nextInt(1000) * userStep;
            items[i] = random.nextInt(1000) * itemStep;
            ratings[i] = i * ratingStep;
        }
        int[] moved = new int[SIZE];
        NumberColumn reference = NumberColumn.of(order, SIZE);
        reference.shuffle(3);
        reference.copyTo(moved, 0, 0, SIZE);
        RatingSet set = RatingSet.of(users, items, ratings);
        RatingSet shuffled = set.shuffled(3);
        assertThat(set.isShuffled()).isFalse();
        assertThat(shuffled.isShuffled()).isTrue();
        assertThat(moved).isNotEqualTo(order).containsExactlyInAnyOrder(order);
        for (int i = 0; i < SIZE; i++) {
            assertThat(shuffled.user(i)).isEqualTo(users[moved[i]]);
            assertThat(shuffled.item(i)).isEqualTo(items[moved[i]]);
            assertThat(shuffled.rating(i)).isEqualTo(ratings[moved[i]]);
            assertThat(set.user(i)).isEqualTo(users[i]);
        }
    }

    @Test
    void bytesOfARatingAreThoseOfItsColumns() {
        assertThat(RatingSet.filling(0, 162_541, 59_047, new float[10])
                        .set(true)
                        .bytesEach())
                .isEqualTo(3 + 2 + 1);
        assertThat(RatingSet.of(new int[1], new int[1], new float[1]).bytesEach())
                .isEqualTo(2 + 2 + 1);
    }
}
