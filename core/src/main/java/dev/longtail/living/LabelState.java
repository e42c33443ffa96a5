package dev.longtail.living;

/**
 * What a model knows of one label, in all its arms; immutable. An arm that the model has not has vectors of zeros.
 *
 * @param frequency examples that carried it
 * @param counts its examples by feature, over powers of the features' totals: what the association arm is made of
 * @param direct its scorer over the features
 * @param output its row of the output layer
 */
record LabelState(int frequency, SparseVector counts, Scorer direct, Scorer output) {

    /** Whether nothing speaks for the label in any text. */
    boolean isBlank() {
        return counts.length() == 0
                && direct.weights().length() == 0
                && output.weights().length() == 0;
    }

    /** score(x) = weights . x + bias. */
    record Scorer(SparseVector weights, double bias) {

        static final Scorer NONE = new Scorer(SparseVector.ZERO, -1);

        double score(SparseVector x) {
            return weights.dot(x) + bias;
        }
    }
}
