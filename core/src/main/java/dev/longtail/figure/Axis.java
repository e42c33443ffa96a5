package dev.longtail.figure;

/**
 * An axis.
 *
 * @param title       what it measures, with the unit
 * @param logarithmic whether equal distances are equal ratios; all values must then be above 0
 */
public record Axis(String title, boolean logarithmic) {

    /** An axis with equal distances for equal differences. */
    public static Axis linear(String title) {
        return new Axis(title, false);
    }

    /** An axis with equal distances for equal ratios. */
    public static Axis logarithmic(String title) {
        return new Axis(title, true);
    }
}
