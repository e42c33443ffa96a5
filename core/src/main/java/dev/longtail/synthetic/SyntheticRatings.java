package dev.longtail.synthetic;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ratings with a known cause, in the shape of a rating set: how often users and items occur follows power laws, and a
 * rating is, in half stars from 0.5 to 5,
 *
 * <pre>
 *   3.5 + user bias + item bias + u . v + noise,
 *   u = sum of a few of the planted anchors with weights above 0, v likewise
 * </pre>
 *
 * Users and items are numbered by falling popularity, and the ratings stand in random order. The same numbers and seed
 * give the same ratings at any number of threads. A user may rate an item more than once.
 *
 * @param users number of users, at least 1
 * @param items number of items, at least 1
 * @param ratings number of ratings, at least 1
 * @param anchors planted anchors of each side, at least 1
 * @param links anchors of a user or an item, at least 1
 * @param noise standard deviation of the noise, at least 0
 * @param seed of everything random
 */
public record SyntheticRatings(int users, int items, int ratings, int anchors, int links, float noise, long seed) {

    private static final int DIMENSION = 16;
    private static final int PIECE = 1 << 16;
    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 5;

    /** Exponents with which the ten most frequent of MovieLens 25M have about their shares of the ratings. */
    private static final double USER_EXPONENT = 0.55;

    private static final double ITEM_EXPONENT = 0.85;

    /** The shape of MovieLens 25M. */
    public static SyntheticRatings movieLens25M(long seed) {
        return new SyntheticRatings(162_541, 59_047, 25_000_095, 5, 2, 0.8f, seed);
    }

    public SyntheticRatings {
        Require.that(users >= 1, "users", "at least 1", users);
        Require.that(items >= 1, "items", "at least 1", items);
        Require.that(ratings >= 1, "ratings", "at least 1", ratings);
        Require.that(anchors >= 1, "anchors", "at least 1", anchors);
        Require.that(links >= 1, "links", "at least 1", links);
        Require.that(noise >= 0 && Float.isFinite(noise), "noise", "at least 0", noise);
    }

    /** Draws the ratings. */
    public RatingSet draw(Workers workers) {
        float[] userVectors = vectors(users, 1, workers);
        float[] itemVectors = vectors(items, 2, workers);
        RatingSet.Filling drawn = filling(ratings);
        Zipf ofUsers = new Zipf(users, USER_EXPONENT);
        Zipf ofItems = new Zipf(items, ITEM_EXPONENT);
        workers.run((ratings + PIECE - 1) / PIECE, (piece, worker) -> {
            SplittableRandom random = RandomStream.of(seed, 3, piece);
            for (int i = piece * PIECE; i < Math.min(ratings, (piece + 1L) * PIECE); i++) {
                int user = ofUsers.draw(random) - 1;
                int item = ofItems.draw(random) - 1;
                double score = 3.5 + noise * random.nextGaussian();
                int u = user * (DIMENSION + 1);
                int v = item * (DIMENSION + 1);
                for (int j = 0; j < DIMENSION; j++) {
                    score += userVectors[u + j] * itemVectors[v + j];
                }
                score += userVectors[u + DIMENSION] + itemVectors[v + DIMENSION];
                float rating = (float) Math.max(LOWEST, Math.min(HIGHEST, Math.rint(2 * score) / 2));
                drawn.set(i, user, item, rating);
            }
        });
        return drawn.set(true);
    }

    /** Bytes that a drawn rating takes. */
    public int bytesEach() {
        return filling(0).set(true).bytesEach();
    }

    private RatingSet.Filling filling(int size) {
        return RatingSet.filling(size, users, items, stars());
    }

    /** All ratings that can be drawn. */
    private static float[] stars() {
        float[] stars = new float[1 + (int) (2 * (HIGHEST - LOWEST))];
        for (int i = 0; i < stars.length; i++) {
            stars[i] = (float) (LOWEST + i / 2.0);
        }
        return stars;
    }

    /** Vectors of DIMENSION numbers and a bias each. */
    private float[] vectors(int count, int side, Workers workers) {
        float[] planted = new float[anchors * DIMENSION];
        SplittableRandom ofAnchors = RandomStream.of(seed, 0, side);
        for (int i = 0; i < planted.length; i++) {
            planted[i] = (float) (ofAnchors.nextGaussian() / 4);
        }
        float[] vectors = new float[Math.multiplyExact(count, DIMENSION + 1)];
        workers.run(count, (number, worker) -> {
            SplittableRandom random = RandomStream.of(seed, side, number);
            int at = number * (DIMENSION + 1);
            for (int link = 0; link < links; link++) {
                int anchor = random.nextInt(anchors);
                double weight = -Math.log(1 - random.nextDouble());
                for (int j = 0; j < DIMENSION; j++) {
                    vectors[at + j] += (float) (weight * planted[anchor * DIMENSION + j]);
                }
            }
            vectors[at + DIMENSION] = (float) (0.35 * random.nextGaussian());
        });
        return vectors;
    }

    /** Ratings of each user, for numbered users. */
    public int[] userCounts(RatingSet set) {
        int[] counts = new int[users];
        for (int i = 0; i < set.size(); i++) {
            counts[set.user(i)]++;
        }
        return counts;
    }

    /** Ratings of each item, for numbered items. */
    public int[] itemCounts(RatingSet set) {
        int[] counts = new int[items];
        for (int i = 0; i < set.size(); i++) {
            counts[set.item(i)]++;
        }
        return counts;
    }

    /** Shares of the most frequent users or items in all ratings. */
    static double share(int[] counts, int first) {
        long all = Arrays.stream(counts).asLongStream().sum();
        return Arrays.stream(counts, 0, first).asLongStream().sum() / (double) all;
    }
}
