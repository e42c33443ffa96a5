package dev.longtail.explain;

/**
 * A word that would have spoken for a label and does not stand in the text.
 *
 * @param arm that would have counted it
 * @param feature its number in the model
 * @param term as the model knows it
 * @param gain what it would have added to the score by this arm, above 0: with the weight that it would have beside
 *     the words of the text, and all else as it is
 */
public record MissingWord(Arm arm, int feature, String term, double gain) {}
