package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Corrections of single labels: log odds of label l = log odds of the curve of all labels + shift of l. A shift is the
 * most probable one under a normal distribution of mean 0 and variance v over the labels; it maximises
 *
 * <pre>
 *   sum over the label's suggestions of y z - log(1 + exp(z)) - shift^2 / (2 v),   z = log odds of the curve + shift,
 *   y = 1 for a right suggestion, 0 for a wrong one
 * </pre>
 *
 * so that few suggestions shift little. How much labels differ is learned as well: v is the mean over labels of shift^2
 * + 1 / curvature, in turn with the shifts (empirical Bayes by expectation maximisation with Laplace's approximation;
 * Stiratelli, Laird and Ware, Biometrics 1984). Labels with fewer suggestions than asked for have the shift 0.
 */
final class LabelShifts {

    static final String LABELS = "shifts.labels";
    static final String LOG_ODDS = "shifts.logOdds";

    static final LabelShifts NONE = new LabelShifts(new int[0], new float[0]);

    private static final int MOST_ROUNDS = 30;
    private static final int MOST_STEPS = 100;
    private static final double LEAST_VARIANCE = 1e-6;

    private final int[] labels;
    private final float[] shifts;

    /**
     * @param labels ascending and distinct, at least 0
     * @param shifts of their log odds, finite, one for each label
     */
    LabelShifts(int[] labels, float[] shifts) {
        Require.that(shifts.length == labels.length, LOG_ODDS, "as many as labels, " + labels.length, shifts.length);
        for (int i = 0; i < labels.length; i++) {
            Require.that(labels[i] >= 0 && (i == 0 || labels[i] > labels[i - 1]), LABELS, "ascending", labels[i]);
            Require.that(Float.isFinite(shifts[i]), LOG_ODDS, "finite", shifts[i]);
        }
        this.labels = labels;
        this.shifts = shifts;
    }

    /** @param evidence suggestions that a label needs, at least 1 */
    static LabelShifts fit(HeldOut heldOut, Calibrator curve, int evidence) {
        Fit fit = new Fit(heldOut, curve);
        fit.run();
        int[] labels = new int[heldOut.labels()];
        float[] shifts = new float[labels.length];
        int count = 0;
        for (int label = 0; label < heldOut.labels(); label++) {
            if (fit.suggestions(label) >= evidence) {
                labels[count] = label;
                shifts[count++] = (float) fit.shifts[label];
            }
        }
        return new LabelShifts(Arrays.copyOf(labels, count), Arrays.copyOf(shifts, count));
    }

    /** The shifts and their variance, which depend on each other. */
    private static final class Fit {
        final int[] starts;
        final double[] logOdds; // of the curve, by suggestion, grouped by label
        final boolean[] right;
        final double[] shifts; // by label
        double curvature; // of the label shifted last

        Fit(HeldOut heldOut, Calibrator curve) {
            starts = new int[heldOut.labels() + 1];
            int[] order = Ascending.byLabel(heldOut, heldOut.byScore(), starts);
            logOdds = new double[order.length];
            right = new boolean[order.length];
            for (int i = 0; i < order.length; i++) {
                logOdds[i] = curve.logOdds(heldOut.score(order[i]));
                right[i] = heldOut.isRight(order[i]);
            }
            shifts = new double[heldOut.labels()];
        }

        int suggestions(int label) {
            return starts[label + 1] - starts[label];
        }

        void run() {
            double variance = 1;
            double before = 0;
            for (int round = 0; round < MOST_ROUNDS && Math.abs(variance - before) > 1e-3 * variance; round++) {
                before = variance;
                double sum = 0;
                int count = 0;
                for (int label = 0; label < shifts.length; label++) {
                    if (suggestions(label) > 0) {
                        shifts[label] = mostProbable(label, before);
                        sum += shifts[label] * shifts[label] + 1 / curvature;
                        count++;
                    }
                }
                variance = Math.max(LEAST_VARIANCE, sum / Math.max(1, count));
            }
        }

        /** The shift whose derivative is 0, by Newton's method kept between bounds that close in on it. */
        private double mostProbable(int label, double variance) {
            // at the maximum shift = variance (sum of y - p), and 0 < p < 1
            double low = -variance * suggestions(label);
            double high = -low;
            double shift = shifts[label];
            for (int step = 0; step < MOST_STEPS; step++) {
                double slope = -shift / variance;
                curvature = 1 / variance;
                for (int i = starts[label]; i < starts[label + 1]; i++) {
                    double p = Logistic.probability(logOdds[i] + shift);
                    slope += (right[i] ? 1 : 0) - p;
                    curvature += p * (1 - p);
                }
                if (slope > 0) {
                    low = Math.max(low, shift);
                } else {
                    high = Math.min(high, shift);
                }
                double next = shift + slope / curvature;
                next = next >= low && next <= high ? next : (low + high) / 2;
                if (Math.abs(next - shift) < 1e-9) {
                    return next;
                }
                shift = next;
            }
            return shift;
        }
    }

    /** Number of labels that have a shift. */
    int size() {
        return labels.length;
    }

    /** The largest label that has a shift, -1 when none has. */
    int largestLabel() {
        return labels.length == 0 ? -1 : labels[labels.length - 1];
    }

    /** What is added to the log odds of a label. */
    double of(int label) {
        int place = Arrays.binarySearch(labels, label);
        return place < 0 ? 0 : shifts[place];
    }

    List<Tensor> tensors() {
        List<Long> shape = List.of((long) labels.length);
        return List.of(
                new Tensor.Ints(LABELS, shape, List.of(labels)), new Tensor.Floats(LOG_ODDS, shape, List.of(shifts)));
    }
}
