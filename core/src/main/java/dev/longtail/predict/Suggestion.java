package dev.longtail.predict;

/**
 * A label that a model suggests.
 *
 * @param id of the label in the training data
 * @param name of the label, empty when it has none
 * @param score before the link; comparable between labels of one example
 * @param probability that the label is right, in [0, 1]: calibrated where the model is, see {@link
 *     dev.longtail.calibration.Calibration}, otherwise what the score stands for under the training loss
 */
public record Suggestion(String id, String name, float score, double probability) {}
