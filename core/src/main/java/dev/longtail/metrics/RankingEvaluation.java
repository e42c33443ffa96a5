package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects rankings one example at a time and sums them up. Keeps five floats per example and cut-off, and two counters
 * per label and cut-off. For one thread; the result does not depend on the order of the examples beyond rounding.
 *
 * <p>Labels a data set knows and the model does not are given as a number. They count among the true labels in the
 * denominators of recall and nDCG, since a user misses them like any other. They stay out of the oracle of PSP, of
 * macro-F1, coverage and the bands, which need a training frequency or an id.
 */
public final class RankingEvaluation {

    private static final int[] DEFAULT_CUTOFFS = {1, 3, 5};

    // Columns of one cut-off among the values of an example.
    private static final int PRECISION = 0;
    private static final int NDCG = 1;
    private static final int RECALL = 2;
    private static final int GAIN = 3;
    private static final int ORACLE_GAIN = 4;
    private static final int COLUMNS = 5;

    private final int labels;
    private final Propensity propensity;
    private final float[] inversePropensities;
    private final LabelBands bands;
    private final int[] cutoffs;
    private final ExampleValues values;
    private final LabelCounts labelCounts;
    private final BandSums bandSums;
    private int examplesWithoutTruth;

    // Scratch of the example at hand.
    private final boolean[] relevant;
    private final float[] gains;
    private final float[] oracleGains;
    private final double[] row;

    /**
     * @param trainFrequencies training examples that carry each label of the model; its length is the number of labels
     * @param trainExamples    number of training examples, at least 1
     * @param cutoffs          the k of P@k and the others, each at least 1; 1, 3 and 5 when none are given
     */
    public RankingEvaluation(int[] trainFrequencies, int trainExamples, Propensity propensity, int... cutoffs) {
        int[] frequencies = trainFrequencies.clone();
        labels = frequencies.length;
        this.propensity = propensity;
        this.cutoffs = Arrays.stream(cutoffs.length == 0 ? DEFAULT_CUTOFFS : cutoffs)
                .sorted()
                .distinct()
                .toArray();
        Require.that(this.cutoffs[0] >= 1, "cutoffs", "at least 1", this.cutoffs[0]);
        bands = LabelBands.of(frequencies);
        inversePropensities = propensity.inverse(frequencies, trainExamples);
        values = new ExampleValues(COLUMNS * this.cutoffs.length);
        labelCounts = new LabelCounts(labels, this.cutoffs);
        bandSums = new BandSums(bands, frequencies, this.cutoffs);
        int longest = this.cutoffs[this.cutoffs.length - 1];
        relevant = new boolean[longest];
        gains = new float[longest];
        oracleGains = new float[longest];
        row = new double[values.columns()];
    }

    /**
     * Adds one example. Without any true label it is only counted.
     *
     * @param predicted     label ids, distinct, best first, in the first {@code predictedCount} entries
     * @param truth         ids of the true labels, strictly ascending, in the first {@code truthCount} entries
     * @param unknownTruths number of true labels that the model does not know, at least 0
     * @throws IllegalArgumentException when an id is out of range, repeated or out of order
     */
    public void add(int[] predicted, int predictedCount, int[] truth, int truthCount, int unknownTruths) {
        Require.that(unknownTruths >= 0, "unknownTruths", "at least 0", unknownTruths);
        checkTruth(truth, truthCount);
        checkRanking(predicted, predictedCount);
        int truths = Math.addExact(truthCount, unknownTruths);
        if (truths == 0) {
            examplesWithoutTruth++;
            return;
        }
        Rankings.relevance(predicted, predictedCount, truth, truthCount, relevant);
        Rankings.gains(predicted, relevant, inversePropensities, gains);
        Rankings.oracleGains(truth, truthCount, inversePropensities, oracleGains);
        for (int c = 0; c < cutoffs.length; c++) {
            int k = cutoffs[c];
            row[c * COLUMNS + PRECISION] = Rankings.precision(relevant, k);
            row[c * COLUMNS + NDCG] = Rankings.ndcg(relevant, truths, k);
            row[c * COLUMNS + RECALL] = Rankings.recall(relevant, truths, k);
            row[c * COLUMNS + GAIN] = Rankings.mean(gains, k);
            row[c * COLUMNS + ORACLE_GAIN] = Rankings.mean(oracleGains, k);
        }
        values.add(row);
        labelCounts.addTruth(truth, truthCount);
        labelCounts.addRanking(predicted, predictedCount, relevant);
        bandSums.add(predicted, relevant, truth, truthCount);
    }

    /**
     * Measures of the examples added so far.
     *
     * @throws IllegalStateException when none of them has a true label
     */
    public Metrics metrics() {
        return metrics(Map.of());
    }

    /** The same with confidence intervals of P@k, nDCG@k, R@k and PSP@k. */
    public Metrics metrics(Bootstrap bootstrap) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (Estimates estimates : estimates(bootstrap)) {
            intervals.put(estimates.name(), bootstrap.percentiles(estimates.resampled()));
        }
        return metrics(intervals);
    }

    /**
     * What each label on its own got within the first k.
     *
     * @throws IllegalArgumentException when the evaluation has no such k
     */
    public PerLabel perLabel(int k) {
        int cutoff = Arrays.binarySearch(cutoffs, k);
        Require.that(cutoff >= 0, "k", "one of " + Arrays.toString(cutoffs), k);
        return labelCounts.perLabel(cutoff);
    }

    /** The k, ascending. */
    public int[] cutoffs() {
        return cutoffs.clone();
    }

    /** A measure, and its value in each resample. */
    record Estimates(String name, double value, double[] resampled) {}

    /** P@k, nDCG@k, R@k and PSP@k of all examples and of each resample, by ascending k. */
    List<Estimates> estimates(Bootstrap bootstrap) {
        checkExamples();
        double[][] sums = bootstrap.sums(values);
        double[] examples = new double[bootstrap.resamples()];
        Arrays.fill(examples, values.examples());
        List<Estimates> estimates = new ArrayList<>();
        for (int c = 0; c < cutoffs.length; c++) {
            int first = c * COLUMNS;
            Metrics.AtCutoff at = atCutoff(c);
            estimates.add(estimates("P", c, at.precision(), sums[first + PRECISION], examples));
            estimates.add(estimates("nDCG", c, at.ndcg(), sums[first + NDCG], examples));
            estimates.add(estimates("R", c, at.recall(), sums[first + RECALL], examples));
            estimates.add(estimates("PSP", c, at.propensityScored(), sums[first + GAIN], sums[first + ORACLE_GAIN]));
        }
        return estimates;
    }

    private Estimates estimates(String name, int cutoff, double value, double[] numerators, double[] denominators) {
        return new Estimates(name + "@" + cutoffs[cutoff], value, Bootstrap.ratios(numerators, denominators));
    }

    private Metrics metrics(Map<String, Interval> intervals) {
        checkExamples();
        List<Metrics.AtCutoff> at = new ArrayList<>();
        for (int c = 0; c < cutoffs.length; c++) {
            at.add(atCutoff(c));
        }
        return new Metrics(values.examples(), examplesWithoutTruth, propensity, bands, at, intervals);
    }

    private Metrics.AtCutoff atCutoff(int c) {
        int first = c * COLUMNS;
        int examples = values.examples();
        return new Metrics.AtCutoff(
                cutoffs[c],
                values.sum(first + PRECISION) / examples,
                values.sum(first + NDCG) / examples,
                values.sum(first + RECALL) / examples,
                Metrics.ratio(values.sum(first + GAIN), values.sum(first + ORACLE_GAIN)),
                values.sum(first + GAIN) / examples,
                labelCounts.macroF1(c),
                labelCounts.coverage(c),
                bandSums.means(c, examples));
    }

    private void checkExamples() {
        if (values.examples() == 0) {
            throw new IllegalStateException("no example with a true label was added, so there is nothing to measure ("
                    + examplesWithoutTruth + " examples without one)");
        }
    }

    private void checkTruth(int[] truth, int count) {
        Objects.checkFromIndexSize(0, count, truth.length);
        for (int i = 0; i < count; i++) {
            checkLabel(truth[i], "truth");
            if (i > 0 && truth[i] <= truth[i - 1]) {
                throw new IllegalArgumentException(
                        "truth must be strictly ascending, got " + truth[i - 1] + " before " + truth[i]);
            }
        }
    }

    private void checkRanking(int[] predicted, int count) {
        Objects.checkFromIndexSize(0, count, predicted.length);
        for (int i = 0; i < Math.min(count, relevant.length); i++) {
            checkLabel(predicted[i], "predicted");
            for (int earlier = 0; earlier < i; earlier++) {
                if (predicted[earlier] == predicted[i]) {
                    throw new IllegalArgumentException("predicted must hold distinct labels, got " + predicted[i]
                            + " at ranks " + (earlier + 1) + " and " + (i + 1));
                }
            }
        }
    }

    private void checkLabel(int label, String name) {
        if (label < 0 || label >= labels) {
            throw new IllegalArgumentException(name + " must hold labels from 0 to " + (labels - 1) + ", got " + label);
        }
    }
}
