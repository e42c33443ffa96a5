package dev.longtail.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sums over examples of what the labels of each band contribute. */
final class BandSums {

    private final LabelBands bands;
    private final int[] trainFrequencies;
    private final int[] cutoffs; // ascending
    private final Map<Band, Sums> sums = new EnumMap<>(Band.class);

    BandSums(LabelBands bands, int[] trainFrequencies, int[] cutoffs) {
        this.bands = bands;
        this.trainFrequencies = trainFrequencies;
        this.cutoffs = cutoffs;
        for (Band band : Band.values()) {
            sums.put(band, new Sums(cutoffs.length));
        }
    }

    void add(int[] predicted, boolean[] relevant, int[] truth, int truthCount) {
        sums.values().forEach(Sums::startExample);
        for (int i = 0; i < truthCount; i++) {
            of(truth[i]).truths++;
        }
        int rank = 0;
        for (int c = 0; c < cutoffs.length; c++) {
            for (; rank < cutoffs[c]; rank++) {
                if (relevant[rank]) {
                    of(predicted[rank]).hits++;
                }
            }
            for (Sums band : sums.values()) {
                band.add(c, cutoffs[c]);
            }
        }
        sums.values().forEach(Sums::endExample);
    }

    List<Metrics.InBand> means(int cutoff, int examples) {
        List<Metrics.InBand> means = new ArrayList<>();
        sums.forEach((band, sum) -> means.add(new Metrics.InBand(
                band,
                sum.precision[cutoff] / examples,
                sum.examplesWithTruth == 0 ? Double.NaN : sum.recall[cutoff] / sum.examplesWithTruth,
                sum.examplesWithTruth)));
        return List.copyOf(means);
    }

    private Sums of(int label) {
        return Objects.requireNonNull(sums.get(bands.of(trainFrequencies[label])));
    }

    /** Sums of one band, and its counts in the example at hand. */
    private static final class Sums {
        final double[] precision; // by cutoff
        final double[] recall; // by cutoff
        int examplesWithTruth;
        int truths;
        int hits;

        Sums(int cutoffs) {
            precision = new double[cutoffs];
            recall = new double[cutoffs];
        }

        void startExample() {
            truths = 0;
            hits = 0;
        }

        void add(int cutoff, int k) {
            precision[cutoff] += (double) hits / k;
            recall[cutoff] += Metrics.ratio(hits, truths);
        }

        void endExample() {
            examplesWithTruth += truths > 0 ? 1 : 0;
        }
    }
}
