package dev.longtail.calibration;

/** The logistic function and its inverse, with the same bits on every machine. */
final class Logistic {

    private Logistic() {}

    /** 1 / (1 + exp(-x)), in [0, 1]. */
    static double probability(double logOdds) {
        // exp of what is not above 0 does not overflow
        double e = StrictMath.exp(-Math.abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /** log(p / (1 - p)), p above 0 and below 1. */
    static double logOdds(double probability) {
        return StrictMath.log(probability / (1 - probability));
    }

    /** log(1 + exp(x)). */
    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
