package dev.longtail.text;

/**
 * FNV-1a with 64 bits over UTF-8 bytes (Fowler, Noll and Vo; RFC 9923). The ids of character n-grams in saved models
 * depend on it, so it never changes.
 */
final class StableHash {

    static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private StableHash() {}

    /** The hash after one more byte, the low eight bits of {@code octet}. */
    static long octet(long hash, int octet) {
        return (hash ^ (octet & 0xff)) * PRIME;
    }

    /** The hash after one more code point in UTF-8. */
    static long codePoint(long hash, int c) {
        if (c < 0x80) {
            return octet(hash, c);
        }
        long h = hash;
        if (c < 0x800) {
            h = octet(h, 0xc0 | c >> 6);
        } else {
            if (c < 0x10000) {
                h = octet(h, 0xe0 | c >> 12);
            } else {
                h = octet(h, 0xf0 | c >> 18);
                h = octet(h, 0x80 | c >> 12 & 0x3f);
            }
            h = octet(h, 0x80 | c >> 6 & 0x3f);
        }
        return octet(h, 0x80 | c & 0x3f);
    }

    /** Folds 64 bits to 32 with exclusive or, as the RFC advises, and takes the remainder, unsigned. */
    static int bucket(long hash, int buckets) {
        return Integer.remainderUnsigned((int) (hash ^ hash >>> 32), buckets);
    }
}
