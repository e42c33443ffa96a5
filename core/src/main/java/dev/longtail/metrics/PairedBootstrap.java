package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Paired bootstrap test of two rankings (Efron and Tibshirani 1993, chapter 16; for language tasks Koehn 2004 and
 * Berg-Kirkpatrick, Burkett and Klein 2012). Each resample draws the same examples for both, so what makes an example
 * hard for either cancels. With d the difference of a measure and d[1..B] that of the resamples:
 *
 * <pre>
 *   interval  percentiles of d[1..B]
 *   p         (1 + number of b with |d[b] - d| >= |d|) / (1 + B)
 * </pre>
 *
 * The resamples scatter about d as d would about 0 if the rankings were equally good, which p rests on. The smallest
 * possible p is 1 / (1 + B). The p-values of several measures are not corrected for being several.
 */
public final class PairedBootstrap {

    // Differences of equal counts over equal counts, computed in another order, may differ in the last bits; as d is
    // often such a ratio of small numbers, ties are frequent and must count as ties.
    private static final double TIE = 1 - 1e-9;

    private final Bootstrap bootstrap;

    /** @param bootstrap resamples, level of the intervals and seed */
    public PairedBootstrap(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * P@k, nDCG@k, R@k and PSP@k at every k of two evaluations.
     *
     * @param first  measured on some examples
     * @param second measured on the same examples in the same order, at the same k
     * @throws IllegalArgumentException when the numbers of examples or the k differ
     * @throws IllegalStateException    when no example has a true label
     */
    public List<PairedDifference> compare(RankingEvaluation first, RankingEvaluation second) {
        Require.that(
                Arrays.equals(first.cutoffs(), second.cutoffs()),
                "the cutoffs of second",
                "those of first, " + Arrays.toString(first.cutoffs()),
                Arrays.toString(second.cutoffs()));
        Metrics ofFirst = first.metrics();
        Metrics ofSecond = second.metrics();
        Require.that(
                ofFirst.examples() == ofSecond.examples()
                        && ofFirst.examplesWithoutTruth() == ofSecond.examplesWithoutTruth(),
                "the examples of second",
                "those of first, " + ofFirst.examples() + " with a true label",
                ofSecond.examples());
        // One seed and one number of examples: both see the same draws.
        List<RankingEvaluation.Estimates> estimates = first.estimates(bootstrap);
        List<RankingEvaluation.Estimates> others = second.estimates(bootstrap);
        List<PairedDifference> differences = new ArrayList<>();
        for (int i = 0; i < estimates.size(); i++) {
            differences.add(difference(estimates.get(i), others.get(i)));
        }
        return List.copyOf(differences);
    }

    /** The test of the means of two values per example. The arrays are parallel to the examples. */
    public PairedDifference means(String name, float[] first, float[] second) {
        Require.that(first.length == second.length, "second", "as long as first (" + first.length + ")", second.length);
        return difference(means(name, first), means(name, second));
    }

    private RankingEvaluation.Estimates means(String name, float[] values) {
        double[] means = bootstrap.means(values);
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return new RankingEvaluation.Estimates(name, sum / values.length, means);
    }

    private PairedDifference difference(RankingEvaluation.Estimates first, RankingEvaluation.Estimates second) {
        double difference = first.value() - second.value();
        double[] resampled = new double[bootstrap.resamples()];
        int asLarge = 0;
        for (int i = 0; i < resampled.length; i++) {
            resampled[i] = first.resampled()[i] - second.resampled()[i];
            asLarge += Math.abs(resampled[i] - difference) >= TIE * Math.abs(difference) ? 1 : 0;
        }
        double p = (1.0 + asLarge) / (1.0 + resampled.length);
        return new PairedDifference(first.name(), first.value(), second.value(), bootstrap.percentiles(resampled), p);
    }
}
