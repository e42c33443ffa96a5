package dev.longtail.rating;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.regex.Pattern;

/** Takes the fields of a line out of the parser's buffer, without an object a line; holds one line at a time. */
final class RatingRow extends AbstractBaseCsvCallbackHandler<RatingRow> {

    // Java's own parser also takes 1f, 0x1p3, NaN and Infinity.
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final int EXACT_DIGITS = 15; // so many digits are exact in a double, and so are powers of ten to 22
    private static final double[] POWERS = powers();

    private final RatingLayout layout;
    private final IdKey user = new IdKey();
    private final IdKey item = new IdKey();
    private float rating;
    private long time;
    private long line;
    private int fields;
    private String fault = "";

    RatingRow(RatingLayout layout) {
        this.layout = layout;
    }

    IdKey user() {
        return user;
    }

    IdKey item() {
        return item;
    }

    float rating() {
        return rating;
    }

    long time() {
        return time;
    }

    /** Line in the file, from 1. */
    long line() {
        return line;
    }

    /** What is wrong with the line, empty when nothing is. */
    String fault() {
        int needed = Math.max(Math.max(layout.user(), layout.item()), Math.max(layout.rating(), layout.time())) + 1;
        return fields < needed
                ? "expected at least " + needed + (needed == 1 ? " field" : " fields") + ", got " + fields
                : fault;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        fields = 0;
        fault = "";
    }

    @Override
    protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
        fields = column + 1;
        if (column == layout.user()) {
            id(user, "user", buffer, offset, length);
        } else if (column == layout.item()) {
            id(item, "item", buffer, offset, length);
        } else if (column == layout.rating()) {
            rating(buffer, offset, length);
        } else if (column == layout.time()) {
            time(buffer, offset, length);
        }
    }

    @Override
    protected RatingRow buildRecord() {
        return this;
    }

    private void id(IdKey key, String what, char[] buffer, int offset, int length) {
        if (length == 0) {
            fault = "the " + what + " is empty";
        } else if (!key.set(buffer, offset, length)) {
            fault = "the " + what + " has more than " + IdKey.MAX_BYTES + " bytes";
        }
    }

    private void rating(char[] buffer, int offset, int length) {
        long digits = 0;
        int count = 0;
        int behindPoint = -1;
        int at = offset;
        int end = offset + length;
        boolean negative = at < end && buffer[at] == '-';
        at += negative ? 1 : 0;
        for (; at < end && count <= EXACT_DIGITS; at++) {
            char c = buffer[at];
            if (c == '.' && behindPoint < 0) {
                behindPoint = 0;
            } else if (c >= '0' && c <= '9') {
                digits = 10 * digits + (c - '0');
                count++;
                behindPoint += behindPoint < 0 ? 0 : 1;
            } else {
                break;
            }
        }
        if (at == end && count > 0 && count <= EXACT_DIGITS) {
            double value = digits / POWERS[Math.max(0, behindPoint)]; // one rounding, then one to float
            rating = (float) (negative ? -value : value);
        } else {
            unusual(new String(buffer, offset, length).strip());
        }
    }

    private void unusual(String text) {
        rating = DECIMAL.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN;
        if (!Float.isFinite(rating)) {
            fault = "the rating must be a finite number, got '" + text + "'";
        }
    }

    private void time(char[] buffer, int offset, int length) {
        long value = 0;
        boolean negative = length > 1 && buffer[offset] == '-';
        int at = offset + (negative ? 1 : 0);
        boolean whole = length > 0 && length <= 18;
        for (; at < offset + length && whole; at++) {
            int digit = buffer[at] - '0';
            whole = digit >= 0 && digit <= 9;
            value = 10 * value + digit;
        }
        if (whole) {
            time = negative ? -value : value;
        } else {
            fault = "the time must be a whole number, got '" + new String(buffer, offset, length) + "'";
        }
    }

    private static double[] powers() {
        double[] powers = new double[EXACT_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }
}
