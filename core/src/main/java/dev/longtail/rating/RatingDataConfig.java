package dev.longtail.rating;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * Rating files to what is learned from and what is held out.
 *
 * @param split how ratings are held out where no validation file is given
 * @param validationFraction share of the ratings that are held out by {@link Split#RANDOM} and {@link Split#TIME}, in
 *     [0, 1); 0 for none
 * @param lastRatings ratings of each user that are held out by {@link Split#USER_TIME}, at least 1
 * @param keepSeen whether a model keeps which items each user has rated
 */
public record RatingDataConfig(
        @Setting("how ratings are held out where no validation file is given: random, time (the last ones of all) or"
                + " user-time (the last ones of each user)")
        Split split,

        @Setting("share of the ratings that are held out, with split random or time, in [0, 1); 0 for none")
        double validationFraction,

        @Setting(
                "ratings of each user that are held out, with split user-time, at least 1; each user keeps one to learn"
                        + " from")
        int lastRatings,

        @Setting("whether the model keeps which items each user has rated, 2 to 4 bytes a rating, so that recommend can"
                + " leave them out")
        boolean keepSeen) {

    /** Ways to hold ratings out. */
    public enum Split {
        /** Drawn by the seed. */
        RANDOM,
        /** The last ones in time; of those of one moment the ones that stand last. */
        TIME,
        /** The last ones in time of each user. */
        USER_TIME
    }

    /** A twentieth of the ratings at random; the model keeps what users have rated. */
    public static final RatingDataConfig DEFAULT = new RatingDataConfig(Split.RANDOM, 0.05, 1, true);

    public RatingDataConfig {
        Require.that(
                validationFraction >= 0 && validationFraction < 1,
                "validationFraction",
                "at least 0 and below 1",
                validationFraction);
        Require.that(lastRatings >= 1, "lastRatings", "at least 1", lastRatings);
    }
}
