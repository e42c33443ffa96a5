package dev.longtail.loss;

import dev.longtail.kernel.Vectors;

/**
 * A loss that is a sum over labels of a function of one score z and its target y in {-1, +1}. Being separable, it lets
 * forward, gradient and update of a label happen in one pass. {@link ObjectiveConfig} says how they add up.
 */
public enum Loss {

    /**
     * L(z, y) = max(0, 1 - y z)^2, dL/dz = -2 y max(0, 1 - y z). Exactly zero for satisfied examples, which is what
     * makes most labels of a batch free.
     */
    SQUARED_HINGE {
        @Override
        public double value(double score, int target) {
            double margin = Math.max(0, 1 - target * score);
            return margin * margin;
        }

        @Override
        public double derivative(double score, int target) {
            return -2 * target * Math.max(0, 1 - target * score);
        }

        @Override
        public float gradient(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
            return Vectors.squaredHinge(scores, targets, batch, scale, dScores);
        }

        @Override
        public float initialBias(double labelFrequency) {
            return -1;
        }

        @Override
        public double probability(double score) {
            // The minimiser of the expected squared hinge is z = 2 p - 1 (Zhang, Annals of Statistics 2004).
            return Math.min(1, Math.max(0, (score + 1) / 2));
        }
    },

    /**
     * L(z, y) = log(1 + exp(-y z)), dL/dz = -y / (1 + exp(y z)): {@link SeparableLoss#LOGISTIC} with (y + 1) / 2 as
     * targets.
     */
    LOGISTIC {
        @Override
        public double value(double score, int target) {
            return LogExp.softplus(-target * score);
        }

        @Override
        public double derivative(double score, int target) {
            return -target * LogExp.sigmoid(-target * score);
        }

        @Override
        public float gradient(float[] scores, float[] targets, int batch, float scale, float[] dScores) {
            return Vectors.logistic(scores, targets, batch, scale, dScores);
        }

        @Override
        public float initialBias(double labelFrequency) {
            return (float) Math.log(labelFrequency / (1 - labelFrequency));
        }

        @Override
        public double probability(double score) {
            return LogExp.sigmoid(score);
        }
    };

    /** Loss of one score. @param target -1 or +1 */
    public abstract double value(double score, int target);

    /** Derivative of {@link #value} with respect to the score. @param target -1 or +1 */
    public abstract double derivative(double score, int target);

    /**
     * Loss of one label over a batch, and dScores[i] = scale * derivative.
     *
     * @param scores float[batch]
     * @param targets float[batch], each -1 or +1
     * @return the sum of the losses, not scaled; when it is 0 every dScores[i] is 0
     */
    public abstract float gradient(float[] scores, float[] targets, int batch, float scale, float[] dScores);

    /**
     * The bias to start from when weights are zero: the one at which a label's negatives ask for nothing.
     *
     * @param labelFrequency share of examples that carry the label, strictly between 0 and 1
     */
    public abstract float initialBias(double labelFrequency);

    /** The probability that a score stands for under this loss, before any calibration; in [0, 1]. */
    public abstract double probability(double score);
}
