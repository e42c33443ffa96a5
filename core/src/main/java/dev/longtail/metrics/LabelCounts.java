package dev.longtail.metrics;

/** How often each label was true, predicted within k, and both: what macro-F1@k and coverage@k are made of. */
final class LabelCounts {

    private final int[] cutoffs; // ascending
    private final int[] truths; // by label
    private final int[][] predictions; // by cutoff and label
    private final int[][] hits; // by cutoff and label

    LabelCounts(int labels, int[] cutoffs) {
        this.cutoffs = cutoffs;
        truths = new int[labels];
        predictions = new int[cutoffs.length][labels];
        hits = new int[cutoffs.length][labels];
    }

    void addTruth(int[] truth, int count) {
        for (int i = 0; i < count; i++) {
            truths[truth[i]]++;
        }
    }

    void addRanking(int[] predicted, int count, boolean[] relevant) {
        for (int c = 0; c < cutoffs.length; c++) {
            for (int i = 0; i < Math.min(count, cutoffs[c]); i++) {
                predictions[c][predicted[i]]++;
                hits[c][predicted[i]] += relevant[i] ? 1 : 0;
            }
        }
    }

    PerLabel perLabel(int cutoff) {
        return new PerLabel(cutoffs[cutoff], truths, predictions[cutoff], hits[cutoff]);
    }

    /**
     * Mean over all labels of F1 = 2 tp / (2 tp + fp + fn), 0 for a label that was neither true nor predicted. Since
     * tp + fp is the number of predictions and tp + fn that of truths, F1 = 2 hits / (predictions + truths).
     */
    double macroF1(int cutoff) {
        double sum = 0;
        for (int label = 0; label < truths.length; label++) {
            double occurrences = (double) predictions[cutoff][label] + truths[label];
            sum += Metrics.ratio(2.0 * hits[cutoff][label], occurrences);
        }
        return Metrics.ratio(sum, truths.length);
    }

    /** Share of the labels with some truth that were a hit at least once. */
    double coverage(int cutoff) {
        int present = 0;
        int covered = 0;
        for (int label = 0; label < truths.length; label++) {
            present += truths[label] > 0 ? 1 : 0;
            covered += hits[cutoff][label] > 0 ? 1 : 0;
        }
        return Metrics.ratio(covered, present);
    }
}
