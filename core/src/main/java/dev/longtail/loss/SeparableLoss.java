package dev.longtail.loss;

/**
 * Losses of families whose coordinates are independent: functions of one score and one target, added up over vectors.
 * A vector may as well be a batch of examples with one score each.
 */
public enum SeparableLoss implements BregmanLoss {

    /**
     * Normal with variance 1: g(s) = s^2 / 2, mu = s, D(y, mu) = (y - mu)^2 / 2 (eq. 26). Targets are any numbers. Half
     * of what measures call the squared error.
     */
    SQUARED {
        @Override
        public double logPartition(double score) {
            return score * score / 2;
        }

        @Override
        public double mean(double score) {
            return score;
        }

        @Override
        public double link(double mean) {
            return mean;
        }

        @Override
        public double generator(double mean) {
            return mean * mean / 2;
        }

        @Override
        public double divergence(double target, double mean) {
            return (target - mean) * (target - mean) / 2;
        }

        @Override
        public double value(double score, double target) {
            return divergence(target, score);
        }
    },

    /**
     * Bernoulli: g(s) = log(1 + exp(s)), mu = 1 / (1 + exp(-s)), D(y, mu) = y log(y / mu) + (1 - y) log((1 - y) / (1 -
     * mu)). Targets are in [0, 1]; those in between are shares of successes.
     */
    LOGISTIC {
        @Override
        public double logPartition(double score) {
            return LogExp.softplus(score);
        }

        @Override
        public double mean(double score) {
            return LogExp.sigmoid(score);
        }

        @Override
        public double link(double mean) {
            return Math.log(mean) - Math.log1p(-mean);
        }

        @Override
        public double generator(double mean) {
            return LogExp.relativeEntropy(mean, 1) + LogExp.relativeEntropy(1 - mean, 1);
        }

        @Override
        public double divergence(double target, double mean) {
            return LogExp.relativeEntropy(target, mean) + LogExp.relativeEntropy(1 - target, 1 - mean);
        }

        @Override
        public double value(double score, double target) {
            // log(1 + exp(s)) - y s = (1 - y) log(1 + exp(s)) + y log(1 + exp(-s)), in which nothing cancels
            return (1 - target) * LogExp.softplus(score) + target * LogExp.softplus(-score) + generator(target);
        }
    };

    /** g of one score. */
    public abstract double logPartition(double score);

    /** The mean that a score stands for. */
    public abstract double mean(double score);

    /** The score that stands for a mean. */
    public abstract double link(double mean);

    /** phi of one mean. */
    public abstract double generator(double mean);

    /** D_phi of one target and one mean. */
    public abstract double divergence(double target, double mean);

    /** The loss of one score. */
    public abstract double value(double score, double target);

    /** Derivative of {@link #value(double, double)} with respect to the score. */
    public double derivative(double score, double target) {
        return mean(score) - target;
    }

    @Override
    public double logPartition(float[] scores, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += logPartition(scores[i]);
        }
        return sum;
    }

    @Override
    public void mean(float[] scores, int n, float[] mean) {
        for (int i = 0; i < n; i++) {
            mean[i] = (float) mean(scores[i]);
        }
    }

    @Override
    public void link(float[] mean, int n, float[] scores) {
        for (int i = 0; i < n; i++) {
            scores[i] = (float) link(mean[i]);
        }
    }

    @Override
    public double generator(float[] mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += generator(mean[i]);
        }
        return sum;
    }

    @Override
    public double divergence(float[] targets, float[] mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += divergence(targets[i], mean[i]);
        }
        return sum;
    }

    @Override
    public double value(float[] scores, float[] targets, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += value(scores[i], targets[i]);
        }
        return sum;
    }

    @Override
    public double gradient(float[] scores, float[] targets, int n, float scale, float[] dScores) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double score = scores[i];
            double target = targets[i];
            sum += value(score, target);
            dScores[i] = (float) (scale * derivative(score, target));
        }
        return sum;
    }
}
