package dev.longtail.calibration;

import java.util.Arrays;

/**
 * Shifts of the log odds of groups of suggestions. A shift is the most probable one under a normal distribution of mean
 * 0 and variance v over the groups; it maximises
 *
 * <pre>
 *   sum over the group's suggestions of y z - log(1 + exp(z)) - shift^2 / (2 v),   z = log odds + shift,
 *   y = 1 for a right suggestion, 0 for a wrong one
 * </pre>
 *
 * so that few suggestions shift little. How much groups differ is learned as well: v is the mean over groups of shift^2
 * + 1 / curvature, in turn with the shifts (empirical Bayes by expectation maximisation with Laplace's approximation;
 * Stiratelli, Laird and Ware, Biometrics 1984).
 */
final class ShiftFit {

    private static final int MOST_ROUNDS = 30;
    private static final int MOST_STEPS = 100;
    private static final double LEAST_VARIANCE = 1e-6;

    private final Groups groups;
    private final double[] logOdds; // in the order of the groups
    private final boolean[] right;
    private final double[] shifts; // by group
    private double variance = 1;
    private double curvature; // of the group shifted last

    /** @param logOdds by suggestion, before the shift */
    ShiftFit(HeldOut heldOut, double[] logOdds, Groups groups) {
        this.groups = groups;
        this.logOdds = Arrays.stream(groups.order())
                .mapToDouble(suggestion -> logOdds[suggestion])
                .toArray();
        this.right = new boolean[groups.order().length];
        for (int i = 0; i < right.length; i++) {
            right[i] = heldOut.isRight(groups.order()[i]);
        }
        this.shifts = new double[groups.size()];
    }

    /** The shift of each group, 0 for one without suggestions. */
    double[] run() {
        double before = 0;
        for (int round = 0; round < MOST_ROUNDS && Math.abs(variance - before) > 1e-3 * variance; round++) {
            before = variance;
            double sum = 0;
            int count = 0;
            for (int group = 0; group < shifts.length; group++) {
                if (groups.suggestions(group) > 0) {
                    shifts[group] = mostProbable(group);
                    sum += shifts[group] * shifts[group] + 1 / curvature;
                    count++;
                }
            }
            variance = Math.max(LEAST_VARIANCE, sum / Math.max(1, count));
        }
        return shifts;
    }

    /** v, as it was learned. */
    double variance() {
        return variance;
    }

    /** The shift whose derivative is 0, by Newton's method kept between bounds that close in on it. */
    private double mostProbable(int group) {
        // at the maximum shift = v (sum of y - p), and 0 < p < 1
        double low = -variance * groups.suggestions(group);
        double high = -low;
        double shift = shifts[group];
        for (int step = 0; step < MOST_STEPS; step++) {
            double slope = -shift / variance;
            curvature = 1 / variance;
            for (int i = groups.starts()[group]; i < groups.starts()[group + 1]; i++) {
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
