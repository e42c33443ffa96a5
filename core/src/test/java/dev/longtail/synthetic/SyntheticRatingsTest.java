package dev.longtail.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import org.junit.jupiter.api.Test;

class SyntheticRatingsTest {

    private static RatingSet draw(SyntheticRatings settings, int threads) {
        try (Workers workers = new Workers(threads)) {
            return settings.draw(workers);
        }
    }

    @Test
    void ratingsAreHalfStarsOfKnownUsersAndItems() {
        SyntheticRatings settings = new SyntheticRatings(500, 300, 200_000, 4, 2, 0.5f, 7);
        RatingSet set = draw(settings, 2);
        RatingSet same = draw(settings, 1);
        double sum = 0;
        for (int i = 0; i < set.size(); i++) {
            assertThat(set.user(i)).isEqualTo(same.user(i)).isBetween(0, 499);
            assertThat(set.item(i)).isEqualTo(same.item(i)).isBetween(0, 299);
            assertThat(set.rating(i)).isEqualTo(same.rating(i)).isBetween(0.5f, 5f);
            assertThat(2 * set.rating(i) % 1).isZero();
            sum += set.rating(i);
        }
        assertThat(sum / set.size()).isBetween(3.0, 4.0);
        assertThat(SyntheticRatings.share(settings.itemCounts(set), 3)).isBetween(0.1, 0.4);
        assertThat(SyntheticRatings.share(settings.userCounts(set), 5)).isBetween(0.02, 0.3);
    }

    /** Without noise, ratings of one pair are all the same; with noise they are not. */
    @Test
    void ratingsFollowUserAndItem() {
        RatingSet quiet = draw(new SyntheticRatings(1, 1, 1000, 2, 1, 0, 3), 1);
        assertThat(quiet.lowest()).isEqualTo(quiet.highest());
        RatingSet loud = draw(new SyntheticRatings(1, 1, 1000, 2, 1, 1, 3), 1);
        assertThat(loud.lowest()).isLessThan(loud.highest());
        assertThatThrownBy(() -> new SyntheticRatings(0, 1, 1, 1, 1, 1, 1))
                .hasMessage("users must be at least 1, got 0");
    }
}
