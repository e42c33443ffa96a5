package dev.longtail.rating;

import it.unimi.dsi.fastutil.HashCommon;
import java.nio.charset.StandardCharsets;

/** An identifier as it stands in a file, as UTF-8 bytes; a buffer that is filled again for each. */
final class IdKey {

    /** Longest identifier in bytes. */
    static final int MAX_BYTES = 255;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int length;
    private int hash;

    /**
     * Takes over a slice of characters.
     *
     * @return whether it is short enough; if not, the key holds nothing that means anything
     */
    boolean set(char[] chars, int from, int count) {
        if (count > MAX_BYTES) {
            return false;
        }
        int h = count;
        for (int i = 0; i < count; i++) {
            char c = chars[from + i];
            if (c >= 0x80) {
                return setEncoded(new String(chars, from, count).getBytes(StandardCharsets.UTF_8));
            }
            bytes[i] = (byte) c;
            h = 31 * h + c;
        }
        length = count;
        hash = HashCommon.murmurHash3(h);
        return true;
    }

    /** The same for a text. */
    boolean set(String text) {
        return setEncoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean setEncoded(byte[] encoded) {
        if (encoded.length > MAX_BYTES) {
            return false;
        }
        System.arraycopy(encoded, 0, bytes, 0, encoded.length);
        length = encoded.length;
        hash = hash(bytes, 0, length);
        return true;
    }

    /** The hash of the identifier whose bytes these are. */
    static int hash(byte[] bytes, int from, int length) {
        int h = length;
        for (int i = from; i < from + length; i++) {
            h = 31 * h + bytes[i];
        }
        return HashCommon.murmurHash3(h);
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    int hash() {
        return hash;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
