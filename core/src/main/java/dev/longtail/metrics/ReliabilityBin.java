package dev.longtail.metrics;

/**
 * Suggestions of similar probability.
 *
 * @param low         lowest probability that belongs here
 * @param high        where the next bin begins, or 1
 * @param suggestions how many, at least 1
 * @param probability mean of their probabilities
 * @param rate        share of them that is right
 */
public record ReliabilityBin(double low, double high, long suggestions, double probability, double rate) {

    /** How far the probabilities are off, at least 0. */
    public double gap() {
        return Math.abs(probability - rate);
    }
}
