package dev.longtail.text;

/**
 * Fields of tab-separated files in a model folder. A backslash stands before what would end a field or a line:
 * {@code \t}, {@code \n}, {@code \r} and {@code \\}.
 */
public final class Tsv {

    private static final int MOST_DIGITS = 10;

    private Tsv() {}

    /** The field as it is written. */
    public static String escape(String field) {
        StringBuilder escaped = null;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            int code = "\t\n\r\\".indexOf(c);
            if (code >= 0 && escaped == null) {
                escaped = new StringBuilder(field.length() + 8).append(field, 0, i);
            }
            if (escaped != null) {
                if (code >= 0) {
                    escaped.append('\\').append("tnr\\".charAt(code));
                } else {
                    escaped.append(c);
                }
            }
        }
        return escaped == null ? field : escaped.toString();
    }

    /**
     * The field that {@link #escape} was given.
     *
     * @throws IllegalArgumentException when a backslash stands before anything but t, n, r or a backslash
     */
    public static String unescape(String written) {
        int at = written.indexOf('\\');
        if (at < 0) {
            return written;
        }
        StringBuilder field = new StringBuilder(written.length()).append(written, 0, at);
        for (int i = at; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\') {
                i++;
                int code = i < written.length() ? "tnr\\".indexOf(written.charAt(i)) : -1;
                if (code < 0) {
                    throw new IllegalArgumentException("a backslash must be followed by t, n, r or a backslash");
                }
                c = "\t\n\r\\".charAt(code);
            }
            field.append(c);
        }
        return field.toString();
    }

    /**
     * The number that a field of 1 to 10 digits and nothing else is, at most 2^31 - 1; -1 for any other field. By hand,
     * because a model has hundreds of thousands of them, and a regular expression takes as long as all else.
     */
    public static int count(String field) {
        return count(field.toCharArray(), 0, field.length());
    }

    /** The same of a field that is a slice of an array, up to but without the character at {@code to}. */
    static int count(char[] chars, int from, int to) {
        if (from == to || to - from > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }
}
