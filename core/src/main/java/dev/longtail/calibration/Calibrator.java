package dev.longtail.calibration;

import dev.longtail.matrix.Tensor;
import java.util.List;

/** A curve from score to probability that never falls. Frozen: any thread may use it. */
sealed interface Calibrator permits IsotonicCalibrator, PlattCalibrator {

    /** log(p / (1 - p)) of the probability p that a suggestion of this score is right; finite. */
    double logOdds(double score);

    /** The numbers of the curve, under their names in a model. @param prefix of the names */
    List<Tensor> tensors(String prefix);

    /**
     * Learns a curve.
     *
     * @param kind not NONE
     * @param order the suggestions to learn from, at least one, scores ascending
     */
    static Calibrator fit(CalibrationConfig.Kind kind, HeldOut heldOut, int[] order) {
        return switch (kind) {
            case ISOTONIC -> IsotonicCalibrator.fit(heldOut, order);
            case PLATT -> PlattCalibrator.fit(heldOut, order);
            case NONE -> throw new IllegalArgumentException("kind must be isotonic or platt, got none");
        };
    }
}
