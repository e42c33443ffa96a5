package dev.longtail.living;

/**
 * A text as a model sees it.
 *
 * @param features weights of its features
 * @param inputs what the output layer multiplies with the weights of labels; empty where there is no embedding arm
 */
record Document(SparseVector features, SparseVector inputs) {}
