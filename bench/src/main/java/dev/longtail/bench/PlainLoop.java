package dev.longtail.bench;

import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import java.util.SplittableRandom;

/**
 * Matrix factorisation as a student would write it, rating after rating on one thread: e = r - p . q,
 * p += rate (e q - l2 p), q += rate (e p - l2 q) (Chin et al., LIBMF, 2015, without its threads). Ratings stand in
 * plain arrays, so that it reads them as fast as can be.
 */
final class PlainLoop {

    private static final int DIMENSION = RatingSpeed.DIMENSION;

    private final int[] users;
    private final int[] items;
    private final float[] ratings;
    private final float[] p;
    private final float[] q;

    PlainLoop(SyntheticRatings shape, RatingSet set) {
        users = new int[set.size()];
        items = new int[set.size()];
        ratings = new float[set.size()];
        for (int i = 0; i < set.size(); i++) {
            users[i] = set.user(i);
            items[i] = set.item(i);
            ratings[i] = set.rating(i);
        }
        this.p = random(shape.users());
        this.q = random(shape.items());
    }

    private static float[] random(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] values = new float[rows * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sqrt(3.5 / DIMENSION) + 0.1f * (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** One pass over the ratings; returns the mean of the squared errors, each before its step. */
    double epoch(float rate, float l2) {
        double loss = 0;
        for (int i = 0; i < ratings.length; i++) {
            loss += step(users[i] * DIMENSION, items[i] * DIMENSION, ratings[i], rate, l2);
        }
        return loss / ratings.length;
    }

    private float step(int user, int item, float rating, float rate, float l2) {
        float score = 0;
        for (int k = 0; k < DIMENSION; k++) {
            score += p[user + k] * q[item + k];
        }
        float error = rating - score;
        for (int k = 0; k < DIMENSION; k++) {
            float ofUser = p[user + k];
            float ofItem = q[item + k];
            p[user + k] = ofUser + rate * (error * ofItem - l2 * ofUser);
            q[item + k] = ofItem + rate * (error * ofUser - l2 * ofItem);
        }
        return error * error;
    }
}
