package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.Arrays;
import java.util.Objects;

/**
 * Measures of one ranking against one set of true labels, as the extreme classification repository defines them. With
 * y[i] = 1 when the label at rank i (from 1) is true and |y| the number of true labels:
 *
 * <pre>
 *   P@k    = (1 / k) sum over i <= k of y[i]
 *   R@k    = (1 / max(1, |y|)) sum over i <= k of y[i]
 *   nDCG@k = (sum over i <= k of y[i] / log2(i + 1)) / (sum over i <= min(k, |y|) of 1 / log2(i + 1))
 *   PSP@k  = (1 / k) sum over i <= k of y[i] / p[i],   p[i] the propensity of the label at rank i
 * </pre>
 *
 * A ranking shorter than k counts as if it went on with false labels.
 */
public final class Rankings {

    private static final double LN_2 = Math.log(2);

    private Rankings() {}

    /**
     * Marks which ranks hold a true label: relevant[i] for every i below {@code relevant.length}; ranks past the end of
     * the ranking are false.
     *
     * @param predicted label ids, best first, in the first {@code predictedCount} entries
     * @param truth     true label ids, ascending, in the first {@code truthCount} entries
     */
    public static void relevance(int[] predicted, int predictedCount, int[] truth, int truthCount, boolean[] relevant) {
        Objects.checkFromIndexSize(0, predictedCount, predicted.length);
        Objects.checkFromIndexSize(0, truthCount, truth.length);
        int ranks = Math.min(predictedCount, relevant.length);
        for (int i = 0; i < ranks; i++) {
            relevant[i] = Arrays.binarySearch(truth, 0, truthCount, predicted[i]) >= 0;
        }
        Arrays.fill(relevant, ranks, relevant.length, false);
    }

    /** Number of true labels among the first k ranks, k at least 1 here and below. */
    public static int hits(boolean[] relevant, int k) {
        Require.that(k >= 1, "k", "at least 1", k);
        int hits = 0;
        for (int i = 0; i < Math.min(k, relevant.length); i++) {
            hits += relevant[i] ? 1 : 0;
        }
        return hits;
    }

    /** P@k, between 0 and 1. */
    public static double precision(boolean[] relevant, int k) {
        return (double) hits(relevant, k) / k;
    }

    /**
     * R@k, between 0 and 1.
     *
     * @param truths number of true labels, also those no ranking can hold
     */
    public static double recall(boolean[] relevant, int truths, int k) {
        return (double) hits(relevant, k) / Math.max(1, truths);
    }

    /**
     * nDCG@k, between 0 and 1, 0 without truth.
     *
     * @param truths number of true labels, also those no ranking can hold
     */
    public static double ndcg(boolean[] relevant, int truths, int k) {
        Require.that(k >= 1, "k", "at least 1", k);
        double gain = 0;
        double ideal = 0;
        for (int i = 0; i < k; i++) {
            double discounted = LN_2 / Math.log(i + 2.0);
            gain += i < relevant.length && relevant[i] ? discounted : 0;
            ideal += i < truths ? discounted : 0;
        }
        return truths == 0 ? 0 : gain / ideal;
    }

    /**
     * Gain of every rank: gains[i] = inversePropensities[predicted[i]] where relevant[i], else 0. Its {@link #mean}
     * over k ranks is PSP@k. The three arrays are parallel, {@code predicted} reaches at least to the last true rank.
     */
    public static void gains(int[] predicted, boolean[] relevant, float[] inversePropensities, float[] gains) {
        for (int i = 0; i < gains.length; i++) {
            gains[i] = relevant[i] ? inversePropensities[predicted[i]] : 0;
        }
    }

    /**
     * Gain of every rank of the best possible ranking: the largest inverse propensities among the true labels,
     * descending, filled up with zeros; its {@link #mean} over k ranks is the PSP@k of an oracle.
     */
    public static void oracleGains(int[] truth, int truthCount, float[] inversePropensities, float[] gains) {
        Arrays.fill(gains, 0);
        for (int t = 0; t < truthCount; t++) {
            float gain = inversePropensities[truth[t]];
            for (int i = 0; i < gains.length && gain > 0; i++) {
                if (gain > gains[i]) {
                    float displaced = gains[i];
                    gains[i] = gain;
                    gain = displaced;
                }
            }
        }
    }

    /** (1 / k) times the sum of the first k gains; missing gains are 0. */
    public static double mean(float[] gains, int k) {
        Require.that(k >= 1, "k", "at least 1", k);
        double sum = 0;
        for (int i = 0; i < Math.min(k, gains.length); i++) {
            sum += gains[i];
        }
        return sum / k;
    }
}
