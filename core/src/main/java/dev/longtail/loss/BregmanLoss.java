package dev.longtail.loss;

import java.util.List;

/**
 * The loss that belongs to an exponential family p(y | theta) = p0(y) exp(&lt;y, theta&gt; - g(theta)) with the scores
 * of a model as its natural parameters theta. With g the log-partition function,
 *
 * <pre>
 *   mu(theta)     = grad g(theta)                                    the mean of y, a link function's inverse
 *   phi(mu)       = sup over theta of &lt;theta, mu&gt; - g(theta)         the generator, Legendre dual of g
 *   D_phi(y, mu)  = phi(y) - phi(mu) - &lt;y - mu, grad phi(mu)&gt;        the Bregman divergence, eq. 22
 *   -log p(y | theta) = D_phi(y, mu(theta)) + a constant of y        Theorem 1 (Banerjee et al., JMLR 2005)
 *   D_phi(y, mu(theta)) = g(theta) - &lt;y, theta&gt; + phi(y)              what {@link #value} computes
 *   d D_phi(y, mu(theta)) / d theta = mu(theta) - y                  what {@link #gradient} adds up to
 * </pre>
 *
 * The equations are those of Appendix C of Liang et al., "Anchor and Transform: Learning Sparse Embeddings for Large
 * Vocabularies" (ICLR 2021), where the normal family gives squared error (eq. 23 to 27) and the multinomial family
 * cross-entropy (eq. 28 to 31). All arrays are float[n] or longer, of which the first n numbers are used.
 */
public sealed interface BregmanLoss permits SeparableLoss, SoftmaxLoss {

    /** Every loss there is. */
    static List<BregmanLoss> all() {
        return List.of(SeparableLoss.SQUARED, SeparableLoss.LOGISTIC, SoftmaxLoss.SOFTMAX);
    }

    /** g(theta) of n scores. */
    double logPartition(float[] scores, int n);

    /** mu(theta). @param mean float[n] that is written; may be the array of scores */
    void mean(float[] scores, int n, float[] mean);

    /** grad phi(mu), scores that have this mean. @param scores float[n] that is written; may be the array of means */
    void link(float[] mean, int n, float[] scores);

    /** phi(mu). */
    double generator(float[] mean, int n);

    /** D_phi(y, mu), at least 0 and 0 only where both are equal; infinite where mu rules y out. */
    double divergence(float[] targets, float[] mean, int n);

    /** D_phi(y, mu(theta)), the loss, from scores: finite for any finite scores. */
    double value(float[] scores, float[] targets, int n);

    /**
     * The loss, and dScores[i] = scale * (mu(theta)[i] - targets[i]).
     *
     * @param dScores float[n] that is written; may be the array of scores or of targets
     * @return {@link #value}, not scaled
     */
    double gradient(float[] scores, float[] targets, int n, float scale, float[] dScores);
}
