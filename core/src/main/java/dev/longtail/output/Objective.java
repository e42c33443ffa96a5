package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.loss.Loss;
import dev.longtail.loss.ObjectiveConfig;
import dev.longtail.loss.ObjectiveConfig.Weighting;

/**
 * The loss of one output layer: a {@link Loss} a label and example, weighted and normalised by an
 * {@link ObjectiveConfig}. With a the positive and b the negative weight, 1/p the inverse propensity of the label:
 *
 * <pre>
 *   example without the label    b l(z, -)
 *   with it, none                a l(z, +)
 *   with it, propensity          a (2/p - 1) l(z, +)
 *   with it, unbiased            a (l(z, +)/p + (1 - 1/p) l(z, -))
 * </pre>
 */
public final class Objective {

    private final Loss loss;
    private final ObjectiveConfig config;
    private final int labels;
    private final float[] inversePropensities;
    private final boolean plain;

    /**
     * @param labels number of labels
     * @param inversePropensities float[labels], 1/p of the label at each place of the layer, at least 1; empty for
     *     weighting none
     */
    public Objective(Loss loss, ObjectiveConfig config, int labels, float[] inversePropensities) {
        config.check(loss);
        int wanted = config.weighting() == Weighting.NONE ? 0 : labels;
        Require.that(
                inversePropensities.length == wanted,
                "number of inverse propensities",
                wanted + " with weighting " + config.weighting(),
                inversePropensities.length);
        this.loss = loss;
        this.config = config;
        this.labels = labels;
        this.inversePropensities = inversePropensities;
        this.plain =
                config.weighting() == Weighting.NONE && config.positiveWeight() == 1 && config.negativeWeight() == 1;
    }

    /** The loss itself, averaged over examples. */
    public static Objective plain(Loss loss) {
        return new Objective(loss, ObjectiveConfig.DEFAULT, 1, new float[0]);
    }

    /** What the sum over labels and the examples of a batch is multiplied with. */
    public double factor(int batch) {
        return switch (config.normalisation()) {
            case MEAN_EXAMPLES -> 1.0 / batch;
            case MEAN -> 1.0 / ((double) batch * labels);
            case SUM -> 1;
        };
    }

    /** Whether a label that no example carries has neither loss nor gradient when no score is above -1. */
    boolean isZeroBelowMargin() {
        return loss == Loss.SQUARED_HINGE;
    }

    /**
     * Weighted loss of one label over a batch, and dScores[i] = scale * its derivative.
     *
     * @param row place of the label in the layer
     * @param scores float[batch]
     * @param targets float[batch], each -1 or +1
     * @return the sum of the weighted losses, not scaled; when it is 0 every dScores[i] is 0
     */
    public double gradient(int row, float[] scores, float[] targets, int batch, float scale, float[] dScores) {
        if (plain) {
            return loss.gradient(scores, targets, batch, scale, dScores);
        }
        double negative = config.negativeWeight();
        double sum = loss.gradient(scores, targets, batch, (float) (scale * negative), dScores);
        if (sum == 0 && config.weighting() != Weighting.UNBIASED) {
            return 0; // no example has a loss, whatever it counts
        }
        // the kernel took every example for what a negative counts; positives, few, are put right one by one
        double weighted = negative * sum;
        for (int i = 0; i < batch; i++) {
            if (targets[i] > 0) {
                weighted += value(row, scores[i]) - negative * loss.value(scores[i], 1);
                dScores[i] = (float) (scale * derivative(row, scores[i]));
            }
        }
        // differences may cancel where gradients do not
        return weighted == 0 ? Double.MIN_VALUE : weighted;
    }

    /** Loss of one positive. */
    private double value(int row, double score) {
        return onPositive(row) * loss.value(score, 1) + onNegative(row) * loss.value(score, -1);
    }

    private double derivative(int row, double score) {
        return onPositive(row) * loss.derivative(score, 1) + onNegative(row) * loss.derivative(score, -1);
    }

    /** What l(z, +) of a positive counts. */
    private double onPositive(int row) {
        return config.positiveWeight()
                * switch (config.weighting()) {
                    case NONE -> 1;
                    case PROPENSITY -> 2.0 * inversePropensities[row] - 1;
                    case UNBIASED -> inversePropensities[row];
                };
    }

    /** What l(z, -) of a positive counts. */
    private double onNegative(int row) {
        return config.weighting() == Weighting.UNBIASED
                ? config.positiveWeight() * (1.0 - inversePropensities[row])
                : 0;
    }
}
