package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The rising curve that fits best (isotonic regression; for classifiers Zadrozny and Elkan, KDD 2002): suggestions of
 * neighbouring scores are pooled into blocks whose shares of right ones rise, see {@link Blocks#pool}; suggestions
 * count as {@link HeldOut#weight(int)} says. Between the mean scores of two blocks the curve is a straight line, beyond
 * the outer ones it is flat.
 *
 * <p>A block of few suggestions would say 0 or 1 with no right to. So each block is mixed with two suggestions that
 * are right as often as all are, (weight of right ones + 1) / (weight + 2) of them, and the blocks are pooled once
 * more, which keeps the curve rising and above 0 and below 1.
 */
final class IsotonicCalibrator implements Calibrator {

    static final String SCORES = "isotonic.scores";
    static final String PROBABILITIES = "isotonic.probabilities";

    private static final double PRIOR = 2;

    // of the order of one in the most suggestions there can be, and far enough from 1 for a float
    private static final double LEAST = 1e-6;

    private final float[] scores;
    private final float[] probabilities;

    /**
     * @param scores ascending and distinct, at least one
     * @param probabilities not descending, each above 0 and below 1, one for each score
     */
    IsotonicCalibrator(float[] scores, float[] probabilities) {
        Require.that(scores.length >= 1, "an isotonic curve", "of at least one point", scores.length);
        Require.that(
                scores.length == probabilities.length,
                PROBABILITIES,
                "as many as scores, " + scores.length,
                probabilities.length);
        for (int i = 0; i < scores.length; i++) {
            float p = probabilities[i];
            Require.that(Float.isFinite(scores[i]), SCORES, "finite", scores[i]);
            Require.that(p > 0 && p < 1, PROBABILITIES, "above 0 and below 1", p);
            Require.that(i == 0 || scores[i] > scores[i - 1], SCORES, "ascending", scores[i]);
            Require.that(i == 0 || p >= probabilities[i - 1], PROBABILITIES, "not descending", p);
        }
        this.scores = scores;
        this.probabilities = probabilities;
    }

    static IsotonicCalibrator fit(HeldOut heldOut, int[] order) {
        Blocks blocks = Blocks.of(heldOut, order);
        blocks.pool();
        blocks.shrink((heldOut.weight(order, true) + 1) / (heldOut.weight(order, false) + 2), PRIOR);
        blocks.pool();
        float[] scores = new float[blocks.size()];
        float[] probabilities = new float[blocks.size()];
        for (int block = 0; block < scores.length; block++) {
            scores[block] = (float) blocks.score(block);
            probabilities[block] = (float) Math.min(1 - LEAST, Math.max(LEAST, blocks.value(block)));
        }
        return new IsotonicCalibrator(scores, probabilities);
    }

    /** Number of points of the curve. */
    int points() {
        return scores.length;
    }

    @Override
    public double logOdds(double score) {
        return Logistic.logOdds(probability(score));
    }

    double probability(double score) {
        int last = scores.length - 1;
        if (score <= scores[0]) {
            return probabilities[0];
        } else if (score >= scores[last]) {
            return probabilities[last];
        }
        int place = Arrays.binarySearch(scores, (float) score);
        int above = place >= 0 ? place + 1 : -place - 1;
        // the float may have been rounded over a point, and a point may be the last
        above = Math.min(last, above);
        int below = above - 1;
        double share = (score - scores[below]) / ((double) scores[above] - scores[below]);
        double inside = Math.min(1, Math.max(0, share));
        return probabilities[below] + inside * ((double) probabilities[above] - probabilities[below]);
    }

    @Override
    public List<Tensor> tensors(String prefix) {
        List<Long> shape = List.of((long) scores.length);
        return List.of(
                new Tensor.Floats(prefix + SCORES, shape, List.of(scores)),
                new Tensor.Floats(prefix + PROBABILITIES, shape, List.of(probabilities)));
    }
}
