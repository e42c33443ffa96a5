package dev.longtail.penalty;

/**
 * How much the rows of T of two unrelated objects share: |t_u| . |t_v| = sum over k of |t_uk| |t_vk|, which L(T, N) of
 * eq. 33 adds up over the negative pairs N (Appendix F of Liang et al., ICLR 2021; in the equation's text the bars are
 * around each row).
 *
 * <pre>  d / dt_uk = sign(t_uk) |t_vk|,  0 where t_uk is 0 </pre>
 *
 * <p>So it pulls at entries only that both rows have. With T at least 0 bars and signs may be left out. An anchor that
 * one of the rows does not use stays unused by it: of all subgradients at 0, 0 is taken.
 */
public final class PairOverlap {

    private PairOverlap() {}

    /**
     * A row of T of which some or all coordinates are stored.
     *
     * @param anchors coordinates that are stored, ascending, from {@code start} on
     * @param weights their values, at the same places
     * @param start place of the first
     * @param end place after the last
     */
    public record Row(int[] anchors, float[] weights, int start, int end) {

        /** All of two arrays. */
        public Row(int[] anchors, float[] weights) {
            this(anchors, weights, 0, anchors.length);
        }
    }

    /** |t_u| . |t_v|. */
    public static double value(Row u, Row v) {
        double sum = 0;
        int j = v.start();
        for (int i = u.start(); i < u.end(); i++) {
            j = skip(v, j, u.anchors()[i]);
            if (j < v.end() && v.anchors()[j] == u.anchors()[i]) {
                sum += (double) Math.abs(u.weights()[i]) * Math.abs(v.weights()[j]);
            }
        }
        return sum;
    }

    /**
     * Adds scale times a subgradient to the gradients of both rows' stored weights.
     *
     * @param du array that is added to, du[i] for u.weights()[i]
     * @param dv likewise for v; the same array where both rows lie in one
     * @return |t_u| . |t_v|, not scaled
     */
    public static double addSubgradient(Row u, Row v, float scale, float[] du, float[] dv) {
        double sum = 0;
        int j = v.start();
        for (int i = u.start(); i < u.end(); i++) {
            j = skip(v, j, u.anchors()[i]);
            if (j < v.end() && v.anchors()[j] == u.anchors()[i]) {
                float tu = u.weights()[i];
                float tv = v.weights()[j];
                sum += (double) Math.abs(tu) * Math.abs(tv);
                du[i] += scale * Math.signum(tu) * Math.abs(tv);
                dv[j] += scale * Math.signum(tv) * Math.abs(tu);
            }
        }
        return sum;
    }

    /** The first place from {@code from} on that holds an anchor of at least this number. */
    private static int skip(Row row, int from, int anchor) {
        int at = from;
        while (at < row.end() && row.anchors()[at] < anchor) {
            at++;
        }
        return at;
    }
}
