package dev.longtail.figure;

/**
 * An axis.
 *
 * @param title what it measures, with the unit
 * @param kind  how it is divided
 */
public record Axis(String title, Kind kind) {

    /** How an axis is divided. */
    public enum Kind {
        /** Equal distances are equal differences. */
        LINEAR,
        /** The same for whole numbers: nothing is marked between them. */
        WHOLE,
        /** Equal distances are equal ratios; all values must be above 0. */
        LOGARITHMIC
    }

    /** An axis with equal distances for equal differences. */
    public static Axis linear(String title) {
        return new Axis(title, Kind.LINEAR);
    }

    /** An axis of numbers that count something. */
    public static Axis whole(String title) {
        return new Axis(title, Kind.WHOLE);
    }

    /** An axis with equal distances for equal ratios. */
    public static Axis logarithmic(String title) {
        return new Axis(title, Kind.LOGARITHMIC);
    }

    /** Whether equal distances are equal ratios. */
    public boolean logarithmic() {
        return kind == Kind.LOGARITHMIC;
    }
}
