package dev.longtail.metrics;

/**
 * A measure of two rankings of the same examples.
 *
 * @param name     of the measure, as in {@link Metrics#toMap()}
 * @param first    its value for the first ranking
 * @param second   its value for the second ranking
 * @param interval of {@link #difference}
 * @param pValue   probability of a difference at least as large, either way, if there were none; above 0, at most 1
 */
public record PairedDifference(String name, double first, double second, Interval interval, double pValue) {

    /** first - second. */
    public double difference() {
        return first - second;
    }
}
