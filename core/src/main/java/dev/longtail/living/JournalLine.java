package dev.longtail.living;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A line of a journal.
 *
 * @param digits 16 hexadecimal digits: the beginning of the SHA-256 of the digits of the line before and this JSON
 * @param json without its end
 */
record JournalLine(String digits, String json) {

    private static final int DIGITS = 16;

    /** The line that follows on a line of these digits; the first one follows on none. */
    static JournalLine after(String chain, String json) {
        return new JournalLine(digits(chain, json), json);
    }

    /** @throws IllegalArgumentException when the text is no line that follows on a line of these digits */
    static JournalLine parse(String chain, String text) {
        JournalLine line = after(chain, text.length() > DIGITS ? text.substring(DIGITS + 1) : "");
        if (!text.startsWith(line.digits + " ")) {
            throw new IllegalArgumentException("does not have the checksum in front of it");
        }
        return line;
    }

    byte[] bytes() {
        return (digits + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String digits(String chain, String json) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] sum = digest.digest((chain + json).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
