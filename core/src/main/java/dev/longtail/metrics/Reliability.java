package dev.longtail.metrics;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects how often suggestions of a stated probability are right. With p the probability of a suggestion and y = 1
 * when it is right, else 0, over n suggestions cut into bins by their probability:
 *
 * <pre>
 *   ECE   = sum over bins of (suggestions in the bin / n) |mean p - mean y|     expected calibration error
 *   Brier = (1 / n) sum of (p - y)^2
 * </pre>
 *
 * (ECE: Naeini, Cooper and Hauskrecht, AAAI 2015; with bins of equal mass: Nixon et al., CVPR workshops 2019. Brier
 * 1950.) Keeps sums of {@value #CELLS} cells of equal width, of which bins are made, so memory does not grow with the
 * suggestions: 72 kB. For one thread; what comes out does not depend on the order but for rounding.
 */
public final class Reliability {

    /** Cells between 0 and 1; their number is divisible by the usual numbers of bins. */
    public static final int CELLS = 3000;

    /** The usual number of bins (Guo et al., ICML 2017). */
    public static final int BINS = 15;

    /** How bins are cut. */
    public enum Binning {
        /** Every bin covers the same range of probabilities. */
        EQUAL_WIDTH,
        /** Every bin holds about the same number of suggestions; those of one cell stay together. */
        EQUAL_MASS
    }

    private final int cutoff;
    private final long[] counts = new long[CELLS];
    private final long[] right = new long[CELLS];
    private final double[] probabilities = new double[CELLS]; // sums
    private double squares;
    private long size;

    /** @param cutoff the k of the top-k suggestions of an example that are added, at least 1 */
    public Reliability(int cutoff) {
        Require.that(cutoff >= 1, "cutoff", "at least 1", cutoff);
        this.cutoff = cutoff;
    }

    /** The k of the top-k suggestions that are added. */
    public int cutoff() {
        return cutoff;
    }

    /**
     * Adds one suggestion.
     *
     * @param probability from 0 to 1
     */
    public void add(double probability, boolean isRight) {
        Require.that(probability >= 0 && probability <= 1, "probability", "from 0 to 1", probability);
        int cell = Math.min(CELLS - 1, (int) (probability * CELLS));
        counts[cell]++;
        right[cell] += isRight ? 1 : 0;
        probabilities[cell] += probability;
        double off = probability - (isRight ? 1 : 0);
        squares += off * off;
        size++;
    }

    /** Number of suggestions added. */
    public long size() {
        return size;
    }

    /** Brier score, from 0 to 1; 0 without suggestions. */
    public double brier() {
        return Metrics.ratio(squares, size);
    }

    /**
     * Expected calibration error, from 0 to 1; 0 without suggestions.
     *
     * @param bins from 1 to {@link #CELLS}; for equal width a divisor of it
     */
    public double expectedCalibrationError(Binning binning, int bins) {
        double sum = 0;
        for (ReliabilityBin bin : bins(binning, bins)) {
            sum += bin.suggestions() * bin.gap();
        }
        return Metrics.ratio(sum, size);
    }

    /**
     * The bins that hold suggestions, ascending.
     *
     * @param bins from 1 to {@link #CELLS}; for equal width a divisor of it
     */
    public List<ReliabilityBin> bins(Binning binning, int bins) {
        Require.that(bins >= 1 && bins <= CELLS, "bins", "from 1 to " + CELLS, bins);
        Require.that(
                binning == Binning.EQUAL_MASS || CELLS % bins == 0,
                "bins of equal width",
                "a divisor of " + CELLS,
                bins);
        List<ReliabilityBin> found = new ArrayList<>();
        long before = 0;
        for (int from = 0; from < CELLS; ) {
            int bin = bin(binning, bins, from, before);
            int to = from;
            long inBin = before;
            while (to < CELLS
                    && (counts[to] == 0 && binning == Binning.EQUAL_MASS || bin(binning, bins, to, inBin) == bin)) {
                inBin += counts[to++];
            }
            if (inBin > before) {
                found.add(bin(from, to, inBin - before));
            }
            before = inBin;
            from = to;
        }
        return List.copyOf(found);
    }

    /** The bin that a cell belongs to; for equal mass, the one that the middle of its suggestions falls into. */
    private int bin(Binning binning, int bins, int cell, long before) {
        if (binning == Binning.EQUAL_WIDTH) {
            return cell / (CELLS / bins);
        }
        return size == 0 ? 0 : (int) Math.min(bins - 1L, (2 * before + counts[cell]) * bins / (2 * size));
    }

    private ReliabilityBin bin(int from, int to, long suggestions) {
        double sum = 0;
        long rightOnes = 0;
        for (int cell = from; cell < to; cell++) {
            sum += probabilities[cell];
            rightOnes += right[cell];
        }
        return new ReliabilityBin(
                (double) from / CELLS,
                (double) to / CELLS,
                suggestions,
                sum / suggestions,
                (double) rightOnes / suggestions);
    }
}
