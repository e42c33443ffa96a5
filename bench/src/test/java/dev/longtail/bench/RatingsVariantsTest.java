package dev.longtail.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatingsVariantsTest {

    private static final int USERS = 943;
    private static final int ITEMS = 1_650;

    @Test
    void linesAreValidAndDiffer() {
        RatingsVariants.all().forEach(RatingsVariant::config);
        Set<String> names = RatingsVariants.all().stream()
                .map(variant -> variant.method() + variant.setting())
                .collect(Collectors.toSet());
        assertThat(names).hasSameSizeAs(RatingsVariants.all());
        assertThat(RatingsVariants.all()).contains(RatingsVariants.FULL, RatingsVariants.BEST);
    }

    @Test
    void whatClaimsToHaveAFifthHasNoMoreAndHardlyLess() {
        for (RatingsVariant variant : RatingsVariants.all()) {
            if (variant.setting().contains("a fifth")) {
                RatingConfig config = variant.config();
                long numbers = numbers(config.model().users(), USERS, 0.7)
                        + numbers(config.model().items(), ITEMS, 1.1);
                boolean limited = variant.most() <= RatingsVariants.FIFTH;
                assertThat(limited || numbers <= RatingsVariants.FIFTH)
                        .as(variant.toString())
                        .isTrue();
                boolean learnsItsSize = limited || config.model().users().kind() == TableConfig.Kind.ANCHORS;
                assertThat(learnsItsSize || numbers > RatingsVariants.FIFTH * 9 / 10)
                        .as(variant.toString())
                        .isTrue();
            }
        }
    }

    /** Numbers of a table before a penalty acts, for objects whose counts fall by a power of their rank. */
    private static long numbers(TableConfig config, int objects, double power) {
        int[] counts = IntStream.range(0, objects)
                .map(i -> (int) Math.max(1, 600 / Math.pow(1 + i / 20.0, power)))
                .toArray();
        return config.newTable(counts, "t").parameters();
    }
}
