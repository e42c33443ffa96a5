package dev.longtail.text;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Lines of a text one after the other, each a slice of one array, since a text for every line and its fields costs more
 * than all else that is done with a vocabulary. Lines end as those of {@link java.io.BufferedReader}.
 */
final class LineSlices {

    private static final int CHARACTERS = 1 << 15;

    private final Reader in;
    private char[] chars = new char[CHARACTERS];
    private int from;
    private int to;
    private int next;
    private int filled;
    private boolean afterReturn;

    LineSlices(Reader in) {
        this.in = in;
    }

    /** The array that the line is in, until the next one is asked for. */
    char[] chars() {
        return chars;
    }

    /** Where the line begins. */
    int from() {
        return from;
    }

    /** Behind its last character, not counting what ends it. */
    int to() {
        return to;
    }

    /** Goes to the next line; false when there is none. */
    boolean next() throws IOException {
        from = next;
        if (afterReturn && (from < filled || fill()) && chars[from] == '\n') {
            from++;
        }
        afterReturn = false;
        for (int at = from; ; at++) {
            if (at == filled) {
                int length = at - from;
                if (!fill()) {
                    to = filled;
                    next = filled;
                    return to > from;
                }
                at = from + length;
            }
            char c = chars[at];
            if (c == '\n' || c == '\r') {
                to = at;
                next = at + 1;
                afterReturn = c == '\r';
                return true;
            }
        }
    }

    /** Moves what there is of the line to the front and reads on; false at the end of the text. */
    private boolean fill() throws IOException {
        int length = filled - from;
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, Math.multiplyExact(2, length));
        }
        System.arraycopy(chars, from, chars, 0, length);
        from = 0;
        filled = length;
        int read = in.read(chars, length, chars.length - length);
        filled += Math.max(0, read);
        return read > 0;
    }
}
