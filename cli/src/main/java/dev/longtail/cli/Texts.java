package dev.longtail.cli;

import dev.longtail.report.Numbers;
import java.util.Locale;

/** Numbers as people read them. */
final class Texts {

    private Texts() {}

    static String count(long count) {
        return Numbers.count(count);
    }

    /** A fraction in percent, two decimals, without the sign. */
    static String percent(double fraction) {
        return Numbers.percent(fraction);
    }

    /** A difference of fractions in points of percent, with its sign. */
    static String points(double difference) {
        return Numbers.points(difference);
    }

    static String pValue(double p) {
        return Numbers.pValue(p);
    }

    static String bytes(long bytes) {
        return Numbers.bytes(bytes);
    }

    /** Five significant digits. */
    static String significant(double number) {
        return number == 0 ? "0" : String.format(Locale.ROOT, "%.5g", number);
    }

    /** Seconds as 0:07, 12:30 or 1:02:03. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    static String seconds(double seconds) {
        return Numbers.seconds(seconds);
    }

    /** The same without characters that would break a line, a column or a terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** This program as it was called, to be copied into a shell. */
    static String command() {
        return argument(System.getProperty("longtail.command", "longtail"));
    }

    /** A path as an argument that a shell takes as it is. */
    static String argument(Object path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./@%+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
