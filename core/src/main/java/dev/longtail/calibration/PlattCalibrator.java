package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.List;

/**
 * Platt scaling: the probability of a score s is 1 / (1 + exp(-(slope s + intercept))). With n+ the weight of the
 * right and n- that of the wrong suggestions, weights w as {@link HeldOut#weight(int)} says, it minimises
 *
 * <pre>
 *   sum over suggestions of w (log(1 + exp(z)) - t z),   z = slope s + intercept,
 *   t = (n+ + 1) / (n+ + 2) for a right one, 1 / (n- + 2) for a wrong one
 * </pre>
 *
 * by Newton's method with backtracking (Lin, Lin and Weng, A note on Platt's probabilistic outputs for support vector
 * machines, Machine Learning 68, 2007). A slope below 0 would turn the order of the scores around; the best curve that
 * does not is then flat.
 */
final class PlattCalibrator implements Calibrator {

    static final String TENSOR = "platt";

    private static final int MOST_STEPS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12; // keeps the Hessian regular when all scores are equal
    private static final double TOLERANCE = 1e-9; // of the mean gradient

    private final float slope;
    private final float intercept;

    /**
     * @param slope at least 0
     * @param intercept log odds of a score of 0
     */
    PlattCalibrator(float slope, float intercept) {
        Require.that(slope >= 0 && Float.isFinite(slope), "the slope of a Platt curve", "finite, at least 0", slope);
        Require.that(Float.isFinite(intercept), "the intercept of a Platt curve", "finite", intercept);
        this.slope = slope;
        this.intercept = intercept;
    }

    static PlattCalibrator fit(HeldOut heldOut, int[] order) {
        double rightOnes = heldOut.weight(order, true);
        double wrongOnes = heldOut.weight(order, false) - rightOnes;
        Objective objective = new Objective(heldOut, order, (rightOnes + 1) / (rightOnes + 2), 1 / (wrongOnes + 2));
        double[] found = minimise(objective, StrictMath.log((rightOnes + 1) / (wrongOnes + 1)));
        if (found[0] < 0) {
            double mean =
                    (rightOnes * objective.rightTarget + wrongOnes * objective.wrongTarget) / (rightOnes + wrongOnes);
            return new PlattCalibrator(0, (float) Logistic.logOdds(mean));
        }
        return new PlattCalibrator((float) found[0], (float) found[1]);
    }

    /** The slope and the intercept of the smallest value, from a flat curve on. */
    private static double[] minimise(Objective objective, double start) {
        double slope = 0;
        double intercept = start;
        double value = objective.value(slope, intercept);
        for (int step = 0; step < MOST_STEPS; step++) {
            Derivatives at = objective.derivatives(slope, intercept);
            double scale = TOLERANCE * objective.order.length;
            if (Math.abs(at.slope) < scale && Math.abs(at.intercept) < scale) {
                break;
            }
            double determinant = at.slope2 * at.intercept2 - at.mixed * at.mixed;
            double dSlope = -(at.intercept2 * at.slope - at.mixed * at.intercept) / determinant;
            double dIntercept = -(at.slope2 * at.intercept - at.mixed * at.slope) / determinant;
            double descent = at.slope * dSlope + at.intercept * dIntercept;
            double length = 1;
            double next = objective.value(slope + dSlope, intercept + dIntercept);
            while (next >= value + 1e-4 * length * descent && length >= SMALLEST_STEP) {
                length /= 2;
                next = objective.value(slope + length * dSlope, intercept + length * dIntercept);
            }
            if (length < SMALLEST_STEP) {
                break; // as close as the roundings let it come
            }
            slope += length * dSlope;
            intercept += length * dIntercept;
            value = next;
        }
        return new double[] {slope, intercept};
    }

    private record Derivatives(double slope, double intercept, double slope2, double mixed, double intercept2) {}

    /** What is minimised. */
    private record Objective(HeldOut heldOut, int[] order, double rightTarget, double wrongTarget) {

        double target(int suggestion) {
            return heldOut.isRight(suggestion) ? rightTarget : wrongTarget;
        }

        double value(double slope, double intercept) {
            double sum = 0;
            for (int i : order) {
                double z = slope * heldOut.score(i) + intercept;
                sum += heldOut.weight(i) * (Logistic.softplus(z) - target(i) * z);
            }
            return sum;
        }

        Derivatives derivatives(double slope, double intercept) {
            double ofSlope = 0;
            double ofIntercept = 0;
            double slope2 = RIDGE;
            double mixed = 0;
            double intercept2 = RIDGE;
            for (int i : order) {
                double score = heldOut.score(i);
                double p = Logistic.probability(slope * score + intercept);
                double d = heldOut.weight(i) * (p - target(i));
                double d2 = heldOut.weight(i) * p * (1 - p);
                ofSlope += d * score;
                ofIntercept += d;
                slope2 += d2 * score * score;
                mixed += d2 * score;
                intercept2 += d2;
            }
            return new Derivatives(ofSlope, ofIntercept, slope2, mixed, intercept2);
        }
    }

    float slope() {
        return slope;
    }

    float intercept() {
        return intercept;
    }

    @Override
    public double logOdds(double score) {
        return slope * score + intercept;
    }

    @Override
    public List<Tensor> tensors(String prefix) {
        return List.of(new Tensor.Floats(prefix + TENSOR, List.of(2L), List.of(new float[] {slope, intercept})));
    }
}
