package dev.longtail.predict;

/**
 * An item that a model recommends to a user.
 *
 * @param id of the item in the training data
 * @param name of the item, empty when it has none
 * @param score what items are ranked by
 * @param rating that the score predicts: the same, kept within the range of the training ratings where settings say so
 */
public record Recommendation(String id, String name, float score, float rating) {}
