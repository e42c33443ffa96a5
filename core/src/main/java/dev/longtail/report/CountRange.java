package dev.longtail.report;

/**
 * How many objects have a number in a range.
 *
 * @param from    lowest number of the range
 * @param to      highest one, {@link Integer#MAX_VALUE} for no limit
 * @param objects how many have a number of it
 */
public record CountRange(int from, int to, long objects) {

    /** The range in words. */
    public String text() {
        return text(from, to);
    }

    static String text(int from, int to) {
        if (from < 0) {
            return "unknown";
        } else if (to == Integer.MAX_VALUE) {
            return Numbers.count(from) + " or more";
        }
        return from == to ? Numbers.count(from) : Numbers.count(from) + " to " + Numbers.count(to);
    }
}
