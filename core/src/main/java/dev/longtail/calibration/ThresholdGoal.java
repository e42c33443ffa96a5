package dev.longtail.calibration;

import dev.longtail.config.Require;

/**
 * What thresholds are to bring about, on the held-out examples.
 *
 * @param measure what counts
 * @param precision wanted share of right suggestions, above 0 and at most 1; 1 where the measure is F1
 * @param byLabel whether labels with enough evidence get the threshold that is best for themselves, or all the same
 */
public record ThresholdGoal(Measure measure, double precision, boolean byLabel) {

    private static final String LABEL = "label-";

    /** What thresholds are chosen by. */
    public enum Measure {
        /** The largest F1 = 2 right / (suggested + true). */
        F1,
        /** The most suggestions of which the wanted share is right. */
        PRECISION
    }

    /** One threshold, of the best F1 over all suggestions (micro-averaged). */
    public static final ThresholdGoal F1 = new ThresholdGoal(Measure.F1, 1, false);

    /** For each label with enough evidence the threshold of its best F1 (macro-averaged), the one of all for others. */
    public static final ThresholdGoal LABEL_F1 = new ThresholdGoal(Measure.F1, 1, true);

    public ThresholdGoal {
        Require.that(precision > 0 && precision <= 1, "precision", "above 0 and at most 1", precision);
        Require.that(measure == Measure.PRECISION || precision == 1, "precision", "1 with measure F1", precision);
    }

    /** One threshold, at which such a share of all suggestions is right. */
    public static ThresholdGoal precision(double precision) {
        return new ThresholdGoal(Measure.PRECISION, precision, false);
    }

    /** For each label with enough evidence the threshold at which such a share of its suggestions is right. */
    public static ThresholdGoal labelPrecision(double precision) {
        return new ThresholdGoal(Measure.PRECISION, precision, true);
    }

    /**
     * The goal of a text: {@code f1}, {@code label-f1}, {@code precision=0.8} or {@code label-precision=0.8}.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static ThresholdGoal parse(String text) {
        boolean byLabel = text.startsWith(LABEL);
        String goal = byLabel ? text.substring(LABEL.length()) : text;
        if (goal.equals("f1")) {
            return new ThresholdGoal(Measure.F1, 1, byLabel);
        }
        if (goal.matches("precision=[0-9]*\\.?[0-9]+")) {
            double precision = Double.parseDouble(goal.substring(goal.indexOf('=') + 1));
            return new ThresholdGoal(Measure.PRECISION, precision, byLabel);
        }
        throw new IllegalArgumentException(
                "the goal of thresholds must be f1, label-f1, precision=P or label-precision=P, got '" + text + "'");
    }

    /** The text that {@link #parse} takes. */
    @Override
    public String toString() {
        return (byLabel ? LABEL : "") + (measure == Measure.F1 ? "f1" : "precision=" + precision);
    }
}
