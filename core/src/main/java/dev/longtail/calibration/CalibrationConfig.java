package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * How scores become probabilities at the end of training, on the validation part; without one nothing is calibrated.
 *
 * @param kind how, or not at all
 * @param byLabel whether labels with enough evidence are corrected on their own, see {@link LabelShifts}
 * @param suggestions best so many labels of each held-out example that are looked at, at least 1
 * @param examples most held-out examples that are looked at, at least 1; evenly spread when there are more
 * @param labelEvidence what a label needs for numbers of its own, at least 1
 */
public record CalibrationConfig(
        @Setting("how scores become probabilities, learned on the validation part after training: isotonic (any rising"
                + " curve), platt (an S-shaped curve of two numbers, for small validation parts) or none (what the loss"
                + " makes of them)")
        Kind kind,

        @Setting("whether labels with enough held-out suggestions get a correction of the probability and thresholds"
                + " of their own")
        boolean byLabel,

        @Setting("best so many labels of a validation example that probabilities and thresholds are learned from,"
                + " at least 1")
        int suggestions,

        @Setting("validation examples that probabilities and thresholds are learned from at most, at least 1")
        int examples,

        @Setting("held-out suggestions of a label that a correction of its own takes, and right ones that thresholds"
                + " of its own take, at least 1")
        int labelEvidence) {

    /** Curves from score to probability. */
    public enum Kind {
        /** Probabilities are what the training loss makes of scores. */
        NONE,
        /** Any rising curve, see {@link IsotonicCalibrator}. */
        ISOTONIC,
        /** A logistic curve, see {@link PlattCalibrator}. */
        PLATT
    }

    /** Isotonic, labels on their own where they can be. */
    public static final CalibrationConfig DEFAULT = new CalibrationConfig(Kind.ISOTONIC, true, 20, 50_000, 10);

    /** No calibration; the other settings are those of {@link #DEFAULT}. */
    public static final CalibrationConfig OFF = DEFAULT.withKind(Kind.NONE);

    public CalibrationConfig {
        Require.that(suggestions >= 1 && suggestions <= 1000, "calibration.suggestions", "in [1, 1000]", suggestions);
        Require.that(examples >= 1 && examples <= 1_000_000, "calibration.examples", "in [1, 1000000]", examples);
        Require.that(labelEvidence >= 1, "labelEvidence", "at least 1", labelEvidence);
    }

    /** This configuration with another kind. */
    public CalibrationConfig withKind(Kind other) {
        return new CalibrationConfig(other, byLabel, suggestions, examples, labelEvidence);
    }
}
