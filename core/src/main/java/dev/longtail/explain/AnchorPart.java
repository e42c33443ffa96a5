package dev.longtail.explain;

/**
 * What passes through one anchor of the contribution of a word.
 *
 * @param end of the model whose table has the anchor; the parts of each end add up to the word's embedding part
 * @param anchor its number
 * @param object name of the word or label that the anchor is, empty when it is none
 * @param value part of the score
 */
public record AnchorPart(End end, int anchor, String object, double value) {

    /** Where an anchor table stands. */
    public enum End {
        /** Words are mixes of anchors: word, anchor, label. */
        INPUT,
        /** Labels are mixes of anchors. */
        OUTPUT
    }
}
