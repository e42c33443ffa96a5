package dev.longtail.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

    private Numbers() {}

    /** 12,345. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A fraction in percent, two decimals, without the sign; NaN as a hyphen. */
    public static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    /** Decimal units: 1.5 kB, 12 MB. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double scaled = bytes;
        int unit = -1;
        while (scaled >= 999.5 && unit < 3) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, scaled < 9.95 ? "%.1f %cB" : "%.0f %cB", scaled, "kMGT".charAt(unit));
    }

    /** 7.3 s, 120 s. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 100 ? "%.1f s" : "%.0f s", seconds);
    }

    /** A difference of fractions in points of percent, with its sign. */
    public static String points(double difference) {
        return String.format(Locale.ROOT, "%+.2f", 100 * difference);
    }

    /** A p-value, three decimals, four below 0.01. */
    public static String pValue(double p) {
        return String.format(Locale.ROOT, p < 0.01 ? "%.4f" : "%.3f", p);
    }

    /** A number with so many decimals. */
    public static String decimal(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A fraction in percent without decimals and sign; NaN as a hyphen. */
    public static String whole(double fraction) {
        return decimal(100 * fraction, 0);
    }

    /** A weight, three digits: 0.0123, 1.23, 123. */
    public static String weight(double weight) {
        double size = Math.abs(weight);
        int before = size == 0 ? 0 : (int) Math.floor(Math.log10(size)) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, 3 - before)) + "f", weight);
    }
}
