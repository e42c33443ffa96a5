package dev.longtail.metrics;

import java.util.Locale;

/** Where a label stands in the order of training frequencies; {@link LabelBands} draws the lines. */
public enum Band {
    /** The few most frequent labels. */
    HEAD,
    MIDDLE,
    /** The many rarest labels, also those never seen in training. */
    TAIL;

    /** Lower-case name, as in the results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
