package dev.longtail.nonparametric;

import java.util.ArrayList;
import java.util.List;

/**
 * The models that no other surpasses: a point is on the front if no other is at most as large in loss, anchors and
 * non-zeros and smaller in one of them. The best model by {@link AnchorObjective} is always on it, whatever lambda1
 * above lambda2 above 0: they only choose the place (section 3.2 and Appendix L of Liang et al., ICLR 2021).
 */
public final class ParetoFront {

    private ParetoFront() {}

    /**
     * What a model costs.
     *
     * @param loss on validation examples
     * @param anchors K
     * @param nnz non-zeros of T
     */
    public record Point(double loss, long anchors, long nnz) {

        /** Whether this point is nowhere worse than another and somewhere better. */
        public boolean dominates(Point other) {
            boolean nowhereWorse = loss <= other.loss && anchors <= other.anchors && nnz <= other.nnz;
            boolean somewhereBetter = loss < other.loss || anchors < other.anchors || nnz < other.nnz;
            return nowhereWorse && somewhereBetter;
        }
    }

    /** Which points are on the front, by their place in the list; equal points are on it together. */
    public static boolean[] members(List<Point> points) {
        boolean[] members = new boolean[points.size()];
        for (int i = 0; i < members.length; i++) {
            Point point = points.get(i);
            members[i] = points.stream().noneMatch(other -> other.dominates(point));
        }
        return members;
    }

    /** The points on the front, in the order of the list. */
    public static List<Point> of(List<Point> points) {
        boolean[] members = members(points);
        List<Point> front = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            if (members[i]) {
                front.add(points.get(i));
            }
        }
        return front;
    }
}
