package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * What a number of anchors is worth: loss + lambda2 nnz(T) + (lambda1 - lambda2) K, eq. 5, 21, 34 and 36 of Liang et
 * al., "Anchor and Transform" (ICLR 2021), to be minimised over T at least 0, A, the rest of the model and K.
 *
 * <p>It is the limit of small variance of the model with an Indian buffet process as prior (Appendix B): with mass
 * a = exp(-beta lambda1) and concentration b = exp(beta lambda2), beta going to infinity, -1 / beta times the logarithm
 * of the joint density goes to this. Its term of an anchor comes from (a b)^K, its term of an entry from the number of
 * objects that use each anchor. For a fixed K the last term is a constant, which leaves eq. 6, whose nnz(T) eq. 1
 * relaxes to the l1 norm.
 *
 * <p>The equations sum the loss over examples; their use, in Table 15 and in the authors' program, takes the mean: mean
 * squared error for ratings, the logarithm of the perplexity for language models. So does this, and lambda1 and lambda2
 * have the size that goes with it. Anchors and entries of several tables are added up.
 *
 * @param lambda1 at least lambda2
 * @param lambda2 at least 0
 */
public record AnchorObjective(
        @Setting(
                "lambda1 of the objective loss + lambda2 nnz + (lambda1 - lambda2) K: what an anchor costs is lambda1 -"
                        + " lambda2, at least 0; less leads to more anchors")
        double lambda1,

        @Setting("lambda2 of the objective, what a non-zero of the transform costs, at least 0")
        double lambda2) {

    public AnchorObjective {
        Require.that(lambda2 >= 0 && Double.isFinite(lambda2), "lambda2", "at least 0", lambda2);
        Require.that(
                lambda1 >= lambda2 && Double.isFinite(lambda1), "lambda1", "at least lambda2, " + lambda2, lambda1);
    }

    /**
     * The objective in its parts.
     *
     * @param loss mean loss over validation examples
     * @param entries lambda2 nnz(T)
     * @param anchors (lambda1 - lambda2) K
     */
    public record Terms(double loss, double entries, double anchors) {

        /** The objective. */
        public double value() {
            return loss + entries + anchors;
        }
    }

    /**
     * The objective in its parts.
     *
     * @param loss mean loss over validation examples
     * @param nnz non-zeros of T, in all tables together
     * @param anchors K, in all tables together
     */
    public Terms terms(double loss, long nnz, long anchors) {
        Require.that(nnz >= 0, "nnz", "at least 0", nnz);
        Require.that(anchors >= 0, "anchors", "at least 0", anchors);
        return new Terms(loss, lambda2 * nnz, (lambda1 - lambda2) * anchors);
    }

    /** The objective. @see #terms */
    public double value(double loss, long nnz, long anchors) {
        return terms(loss, nnz, anchors).value();
    }

    /**
     * Parameters of a table as the paper counts them, "#Emb": K d + nnz(T), values only and no indices (section 4.1).
     *
     * @param dimension length of an anchor, d
     */
    public static long parameters(long anchors, int dimension, long nnz) {
        return Math.addExact(Math.multiplyExact(anchors, (long) dimension), nnz);
    }
}
