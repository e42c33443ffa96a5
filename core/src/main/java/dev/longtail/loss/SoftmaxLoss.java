package dev.longtail.loss;

/**
 * Cross-entropy, the loss of one draw from n categories (eq. 28 to 31 with N = 1):
 *
 * <pre>
 *   g(s)      = log sum_j exp(s_j)
 *   mu_j      = exp(s_j) / sum_i exp(s_i)
 *   phi(mu)   = sum_j mu_j log mu_j
 *   D(y, mu)  = sum_j y_j log(y_j / mu_j), for y with a single 1: -log of the right category's probability
 * </pre>
 *
 * Targets are at least 0 and add up to 1: a single 1, or shares; of N counts, their shares, and N times the loss. The
 * scores have one number more than the family has parameters: adding the same to all of them changes nothing.
 */
public final class SoftmaxLoss implements BregmanLoss {

    /** The one instance. */
    public static final SoftmaxLoss SOFTMAX = new SoftmaxLoss();

    private SoftmaxLoss() {}

    @Override
    public double logPartition(float[] scores, int n) {
        int best = LogExp.argMax(scores, n);
        return scores[best] + LogExp.logSum(scores, n, best);
    }

    @Override
    public void mean(float[] scores, int n, float[] mean) {
        double logPartition = logPartition(scores, n);
        for (int i = 0; i < n; i++) {
            mean[i] = (float) Math.exp(scores[i] - logPartition);
        }
    }

    @Override
    public void link(float[] mean, int n, float[] scores) {
        for (int i = 0; i < n; i++) {
            scores[i] = (float) Math.log(mean[i]); // the gradient is 1 more everywhere, which stands for the same mean
        }
    }

    @Override
    public double generator(float[] mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += LogExp.relativeEntropy(mean[i], 1);
        }
        return sum;
    }

    @Override
    public double divergence(float[] targets, float[] mean, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += LogExp.relativeEntropy(targets[i], mean[i]);
        }
        return sum;
    }

    @Override
    public double value(float[] scores, float[] targets, int n) {
        int best = LogExp.argMax(scores, n);
        // g(s) - <y, s> = log sum_j exp(s_j - max) + sum_j y_j (max - s_j): no term is below 0, so nothing cancels
        double sum = LogExp.logSum(scores, n, best);
        for (int i = 0; i < n; i++) {
            sum += targets[i] * ((double) scores[best] - scores[i]) + LogExp.relativeEntropy(targets[i], 1);
        }
        return sum;
    }

    /** The loss where one category is right: -log of its probability. */
    public double value(float[] scores, int n, int label) {
        int best = LogExp.argMax(scores, n);
        return LogExp.logSum(scores, n, best) + ((double) scores[best] - scores[label]);
    }

    @Override
    public double gradient(float[] scores, float[] targets, int n, float scale, float[] dScores) {
        double value = value(scores, targets, n);
        double logPartition = logPartition(scores, n);
        for (int i = 0; i < n; i++) {
            dScores[i] = (float) (scale * (Math.exp(scores[i] - logPartition) - targets[i]));
        }
        return value;
    }

    /**
     * As {@link #gradient(float[], float[], int, float, float[])} where one category is right.
     *
     * @param label the right one of n categories
     */
    public double gradient(float[] scores, int n, int label, float scale, float[] dScores) {
        double value = value(scores, n, label);
        double logPartition = logPartition(scores, n);
        for (int i = 0; i < n; i++) {
            dScores[i] = (float) (scale * (Math.exp(scores[i] - logPartition) - (i == label ? 1 : 0)));
        }
        return value;
    }

    @Override
    public String toString() {
        return "SOFTMAX";
    }
}
