package dev.longtail.calibration;

import dev.longtail.matrix.Tensor;
import java.util.List;

/** A curve from score to probability that never falls. Frozen: any thread may use it. */
sealed interface Calibrator permits IsotonicCalibrator, PlattCalibrator {

    /** log(p / (1 - p)) of the probability p that a suggestion of this score is right; finite. */
    double logOdds(double score);

    /** The numbers of the curve, under their names in a model. */
    List<Tensor> tensors();

    /** Learns a curve. @param kind not NONE */
    static Calibrator fit(CalibrationConfig.Kind kind, HeldOut heldOut) {
        return switch (kind) {
            case ISOTONIC -> IsotonicCalibrator.fit(heldOut);
            case PLATT -> PlattCalibrator.fit(heldOut);
            case NONE -> throw new IllegalArgumentException("kind must be isotonic or platt, got none");
        };
    }
}
