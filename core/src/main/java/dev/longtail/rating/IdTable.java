package dev.longtail.rating;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct identifiers numbered in the order of their arrival, found without making a String. Open addressing with
 * linear probing; the bytes stand in pages, each identifier behind one byte that holds its length, and never cross a
 * page. About 12 bytes an identifier besides its own.
 */
final class IdTable {

    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;
    // Addresses of bytes are int, so the pages together hold at most this many.
    private static final int MAX_PAGES = 1 << (31 - PAGE_BITS);

    private final List<byte[]> pages;
    private int[] starts;
    private int[] slots; // number + 1, 0 where free
    private int size;
    private int end; // address behind the last byte

    IdTable() {
        this.pages = new ArrayList<>();
        this.starts = new int[1024];
        this.slots = new int[2048];
    }

    private IdTable(List<byte[]> pages, int[] starts) {
        this.pages = pages;
        this.starts = starts;
        this.size = starts.length;
        this.slots = new int[capacity(size)];
        fillSlots();
    }

    /** A power of two of which {@code size} is at most three quarters. */
    private static int capacity(int size) {
        return Math.max(16, Integer.highestOneBit(Math.max(1, size / 3 * 4 + 3)) << 1);
    }

    int size() {
        return size;
    }

    /** Number of the identifier, or -1. */
    int find(IdKey key) {
        int mask = slots.length - 1;
        for (int slot = key.hash() & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int number = slots[slot] - 1;
            if (same(number, key)) {
                return number;
            }
        }
        return -1;
    }

    /** Number of the identifier, which is {@link #size} from before the call when it is new. */
    int add(IdKey key) {
        int number = find(key);
        return number >= 0 ? number : append(key);
    }

    private int append(IdKey key) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 1));
        }
        int start = reserve(key.length());
        byte[] page = pages.get(start >>> PAGE_BITS);
        int offset = start & PAGE - 1;
        page[offset] = (byte) key.length();
        System.arraycopy(key.bytes(), 0, page, offset + 1, key.length());
        starts[size++] = start;
        if (size > slots.length / 4 * 3) {
            slots = new int[2 * slots.length];
            fillSlots();
        } else {
            occupy(size - 1, key.hash());
        }
        return size - 1;
    }

    private int reserve(int length) {
        int start = end;
        if ((start & PAGE - 1) + 1 + length > PAGE) {
            start = (start >>> PAGE_BITS) + 1 << PAGE_BITS;
        }
        if (start >>> PAGE_BITS == pages.size()) {
            if (pages.size() == MAX_PAGES) {
                throw new IllegalStateException("the identifiers hold more than 2^31 bytes");
            }
            pages.add(new byte[PAGE]);
        }
        end = start + 1 + length;
        return start;
    }

    private void fillSlots() {
        for (int number = 0; number < size; number++) {
            byte[] page = pages.get(starts[number] >>> PAGE_BITS);
            int offset = starts[number] & PAGE - 1;
            occupy(number, IdKey.hash(page, offset + 1, page[offset] & 0xff));
        }
    }

    private void occupy(int number, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = number + 1;
    }

    private boolean same(int number, IdKey key) {
        byte[] page = pages.get(starts[number] >>> PAGE_BITS);
        int offset = starts[number] & PAGE - 1;
        int length = key.length();
        return (page[offset] & 0xff) == length
                && Arrays.equals(page, offset + 1, offset + 1 + length, key.bytes(), 0, length);
    }

    String id(int number) {
        byte[] page = pages.get(starts[number] >>> PAGE_BITS);
        int offset = starts[number] & PAGE - 1;
        return new String(page, offset + 1, page[offset] & 0xff, StandardCharsets.UTF_8);
    }

    /**
     * The identifiers with these numbers, numbered anew in this order. The bytes are shared with this table, which must
     * take no further ones.
     */
    IdTable select(int[] numbers) {
        int[] selected = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            selected[i] = starts[numbers[i]];
        }
        return new IdTable(pages, selected);
    }
}
