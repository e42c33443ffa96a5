package dev.longtail.penalty;

import dev.longtail.config.Require;
import dev.longtail.kernel.Vectors;
import java.util.Objects;

/**
 * How far anchors are from being orthogonal: L(A) = sum over ordered pairs i != j of |a_i . a_j| (Appendix E of Liang
 * et al., ICLR 2021). With lambda L(A) added to the objective, anchors do not repeat each other, so rows of T need
 * fewer of them.
 *
 * <pre>  dL / da_i = 2 sum over j != i of sign(a_i . a_j) a_j,  0 where a product is 0 </pre>
 *
 * <p>Takes K^2 d / 2 multiplications for the products and twice as many for the subgradient: nothing beside a batch for
 * tens of anchors, more than a batch for thousands.
 *
 * @param count number of anchors, K
 * @param dimension length of an anchor, d
 */
public record Orthogonality(int count, int dimension) {

    public Orthogonality {
        Require.that(count >= 0, "count", "at least 0", count);
        Require.that(dimension >= 1, "dimension", "at least 1", dimension);
    }

    /** L(A). @param anchors float[K][d], row after row, or longer */
    public double value(float[] anchors) {
        check(anchors);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                sum += 2 * Math.abs((double) dot(anchors, i, j));
            }
        }
        return sum;
    }

    /**
     * Adds scale times a subgradient of L(A).
     *
     * @param anchors float[K][d], row after row, or longer
     * @param dAnchors float[K][d] that is added to, not the same array
     * @return L(A), not scaled
     */
    public double addSubgradient(float[] anchors, float scale, float[] dAnchors) {
        check(anchors);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                float dot = dot(anchors, i, j);
                sum += 2 * Math.abs((double) dot);
                float factor = 2 * scale * Math.signum(dot);
                Vectors.addScaled(factor, anchors, j * dimension, dAnchors, i * dimension, dimension);
                Vectors.addScaled(factor, anchors, i * dimension, dAnchors, j * dimension, dimension);
            }
        }
        return sum;
    }

    /**
     * Mean |cosine| over pairs of different anchors: L(A) without the lengths, to report. Pairs with an anchor of zeros
     * count 0; without a pair it is 0.
     */
    public double meanAbsoluteCosine(float[] anchors) {
        check(anchors);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                double lengths =
                        Norms.l2(anchors, i * dimension, dimension) * Norms.l2(anchors, j * dimension, dimension);
                sum += lengths == 0 ? 0 : Math.abs(dot(anchors, i, j)) / lengths;
            }
        }
        return count < 2 ? 0 : sum / ((long) count * (count - 1) / 2);
    }

    private float dot(float[] anchors, int i, int j) {
        return Vectors.dot(anchors, i * dimension, anchors, j * dimension, dimension);
    }

    private void check(float[] anchors) {
        Objects.checkFromIndexSize(0, Math.multiplyExact(count, dimension), anchors.length);
    }
}
