package dev.longtail.report;

import java.util.List;

/**
 * Pairs of objects whose rows of T are most alike.
 *
 * @param measure  of likeness
 * @param least    training examples that an object has at least to be looked at
 * @param pairs    the most alike, these first; no object is in many of them
 * @param complete whether these are the most alike of all pairs; else those of objects among the most strongly linked
 *     of an anchor
 */
public record StrongPairs(Measure measure, int least, List<Pair> pairs, boolean complete) {

    public StrongPairs {
        pairs = List.copyOf(pairs);
    }

    /** How alike the rows t_u and t_v are. */
    public enum Measure {
        /**
         * t_u . t_v / (|t_u| |t_v| + m), m the mean square length of all rows that are looked at: the cosine, drawn
         * towards 0 for rows of small weights, whose directions are chance. Rows of a single link are left out, since
         * all rows with the same single link are parallel.
         */
        SIMILARITY,
        /** The product t_u . t_v: large where both have large weights on the same anchors. */
        OVERLAP
    }

    /**
     * Two objects.
     *
     * @param first      the one that training saw more often
     * @param second     the other
     * @param similarity of their rows
     * @param cosine     of their rows, t_u . t_v / (|t_u| |t_v|)
     * @param product    of their rows
     * @param shared     anchors that both are linked to
     */
    public record Pair(int first, int second, double similarity, double cosine, double product, int shared) {}
}
