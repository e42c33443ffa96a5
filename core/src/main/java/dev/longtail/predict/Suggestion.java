package dev.longtail.predict;

/**
 * A label that a model suggests.
 *
 * @param id of the label in the training data
 * @param name of the label, empty when it has none
 * @param score before the link; comparable between labels of one example
 * @param probability what the score stands for under the training loss, in [0, 1]; not calibrated
 */
public record Suggestion(String id, String name, float score, double probability) {}
