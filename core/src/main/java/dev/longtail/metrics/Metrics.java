package dev.longtail.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found. All measures are fractions, not percent.
 *
 * @param examples             examples that were measured: those with at least one true label
 * @param examplesWithoutTruth examples left out because nothing is true of them
 * @param propensity           constants of the propensity model behind PSP
 * @param bands                lines between head, middle and tail
 * @param cutoffs              measures at each k, ascending
 * @param intervals            confidence intervals by name as in {@link #toMap()}; empty when none were asked for
 */
public record Metrics(
        int examples,
        int examplesWithoutTruth,
        Propensity propensity,
        LabelBands bands,
        List<AtCutoff> cutoffs,
        Map<String, Interval> intervals) {

    public Metrics {
        cutoffs = List.copyOf(cutoffs);
        intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    }

    /**
     * Measures of the first k ranks, means over examples unless said otherwise.
     *
     * @param precision           P@k
     * @param ndcg                nDCG@k
     * @param recall              R@k
     * @param propensityScored    PSP@k as published: mean PSP@k over the mean PSP@k of an oracle, a ratio of means;
     *                            0 when the oracle has no gain either, no true label being known to the model
     * @param rawPropensityScored mean PSP@k, not normalised
     * @param macroF1             mean over all labels of the model of F1, 0 for a label neither true nor predicted
     * @param coverage            share of the labels with some truth that were predicted right at least once
     * @param bands               parts of head, middle and tail, in this order
     */
    public record AtCutoff(
            int k,
            double precision,
            double ndcg,
            double recall,
            double propensityScored,
            double rawPropensityScored,
            double macroF1,
            double coverage,
            List<InBand> bands) {}

    /**
     * What the labels of one band contribute.
     *
     * @param precision part of P@k that is hits of this band; the three parts add up to P@k
     * @param recall    mean share of an example's true labels of this band that are found, over the examples that have
     *                  such labels; NaN when there are none
     * @param examples  examples with a true label of this band
     */
    public record InBand(Band band, double precision, double recall, int examples) {}

    /**
     * Measures at one k.
     *
     * @throws IllegalArgumentException when the evaluation had no such k
     */
    public AtCutoff at(int k) {
        for (AtCutoff cutoff : cutoffs) {
            if (cutoff.k() == k) {
                return cutoff;
            }
        }
        throw new IllegalArgumentException(
                "k must be one of " + cutoffs.stream().map(AtCutoff::k).toList() + " which were evaluated, got " + k);
    }

    /**
     * The same as names and numbers, in a fixed order, ready for JSON: {@code P@1}, {@code nDCG@5}, {@code R@5},
     * {@code PSP@5} (normalised), {@code rawPSP@5}, {@code macroF1@5}, {@code coverage@5}, {@code head.P@5},
     * {@code tail.R@5} and so on for each k, then {@code P@1.low} and {@code P@1.high} for the intervals. The recall of
     * a band without truth is left out, since JSON has no NaN.
     */
    public Map<String, Number> toMap() {
        Map<String, Number> map = new LinkedHashMap<>();
        cutoffs.forEach(at -> map.put("P@" + at.k(), at.precision()));
        cutoffs.forEach(at -> map.put("nDCG@" + at.k(), at.ndcg()));
        cutoffs.forEach(at -> map.put("R@" + at.k(), at.recall()));
        cutoffs.forEach(at -> map.put("PSP@" + at.k(), at.propensityScored()));
        cutoffs.forEach(at -> map.put("rawPSP@" + at.k(), at.rawPropensityScored()));
        cutoffs.forEach(at -> map.put("macroF1@" + at.k(), at.macroF1()));
        cutoffs.forEach(at -> map.put("coverage@" + at.k(), at.coverage()));
        putBands(map);
        intervals.forEach((name, interval) -> {
            map.put(name + ".low", interval.low());
            map.put(name + ".high", interval.high());
        });
        map.put("propensityA", propensity.a());
        map.put("propensityB", propensity.b());
        map.put("examples", examples);
        map.put("examplesWithoutTruth", examplesWithoutTruth);
        return Collections.unmodifiableMap(map);
    }

    private void putBands(Map<String, Number> map) {
        bands.labels().forEach((band, labels) -> map.put(band + ".labels", labels));
        for (AtCutoff at : cutoffs) {
            for (InBand in : at.bands()) {
                map.put(in.band() + ".P@" + at.k(), in.precision());
                if (!Double.isNaN(in.recall())) {
                    map.put(in.band() + ".R@" + at.k(), in.recall());
                }
            }
        }
    }

    /** Quotient, where 0 / 0 is 0. */
    static double ratio(double numerator, double denominator) {
        return denominator == 0 ? 0 : numerator / denominator;
    }
}
