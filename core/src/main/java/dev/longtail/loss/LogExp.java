package dev.longtail.loss;

/** Logarithms of sums of exponentials, and their derivatives, that neither overflow nor cancel. */
final class LogExp {

    private LogExp() {}

    /** log(1 + exp(x)) = max(0, x) + log1p(exp(-|x|)), which never overflows. */
    static double softplus(double x) {
        return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** 1 / (1 + exp(-x)), the derivative of {@link #softplus}; where exp(-x) overflows it is 0, as it should be. */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** p log(p / q), the limit 0 at p = 0; infinite where only q is 0. */
    static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }

    /** Place of the largest of the first n scores, the first of several. */
    static int argMax(float[] scores, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * log of the sum over i of exp(scores[i] - scores[best]), at least 0. The best score's own term, 1, is left out of
     * the sum and given to log1p, so that the rest keeps its digits where the best score is far ahead.
     *
     * @param best place of the largest score
     */
    static double logSum(float[] scores, int n, int best) {
        double rest = 0;
        for (int i = 0; i < n; i++) {
            rest += i == best ? 0 : Math.exp((double) scores[i] - scores[best]);
        }
        return Math.log1p(rest);
    }
}
