package dev.longtail.plan;

import dev.longtail.text.VocabularyBuilder;

/** What arrays, texts and tables of terms take in a Java heap below 32 GB, where references take 4 bytes. */
final class HeapSizes {

    private static final int HEADER = 16;
    private static final int STRING = 24;
    private static final int SMALLEST = 1024;
    private static final int PAGE_BYTES = 2 << 16;

    private HeapSizes() {}

    /** Texts of Latin characters. */
    static long strings(long count, long characters) {
        return count * (STRING + HEADER + 4) + characters; // ends of arrays are rounded up to 8, by 4 on average
    }

    /** Slots of a hash table that is filled to three quarters at most and doubles. */
    static long slots(long entries) {
        long slots = 2 * SMALLEST;
        while (entries > slots / 4 * 3) {
            slots *= 2;
        }
        return slots;
    }

    /** Room of an array that begins with 1024 places and grows by half. */
    static long grown(long size) {
        return grown(size, SMALLEST);
    }

    /** Room of an array that grows by half. */
    static long grown(long size, long start) {
        long room = Math.max(2, start);
        while (room < size) {
            room += room >> 1;
        }
        return room;
    }

    /** A table of terms: pages of characters, starts and hashes, slots. */
    static long terms(VocabularyBuilder.Size table) {
        long pages = (2 * table.characters() + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        return table.terms() == 0
                ? 0
                : pages + 2 * Integer.BYTES * grown(table.terms()) + Integer.BYTES * slots(table.terms());
    }
}
