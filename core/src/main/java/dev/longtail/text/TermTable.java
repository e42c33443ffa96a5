package dev.longtail.text;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Distinct terms numbered in the order of their arrival, found by a slice of characters without making a String.
 * Open addressing with linear probing; the characters stand in pages, each term behind one character that holds its
 * length, and never cross a page. About 16 bytes a term besides two for each character.
 */
final class TermTable {

    /** Longest term in UTF-16 units: five words of the longest kind and their spaces need 1,279. */
    static final int MAX_TERM = 4096;

    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;
    // Addresses of characters are int, so the pages together hold at most this many.
    private static final int MAX_PAGES = 1 << (31 - PAGE_BITS);

    private final List<char[]> pages = new ArrayList<>();
    private int[] starts = new int[1024];
    private int[] hashes = new int[1024];
    private int[] slots = new int[2048]; // term number + 1, 0 where free
    private int size;
    private int end; // address behind the last character

    int size() {
        return size;
    }

    /** Characters of all terms, with the one in front of each and what stays free at the end of a page. */
    int characters() {
        return end;
    }

    /** Whether the pages have room for terms of a few more documents. */
    boolean roomy() {
        return pages.size() < MAX_PAGES - 64;
    }

    /** Number of the term, or -1. */
    int find(char[] chars, int from, int length) {
        int hash = hash(chars, from, length);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int term = slots[slot] - 1;
            if (hashes[term] == hash && same(term, chars, from, length)) {
                return term;
            }
        }
        return -1;
    }

    /** Number of the term, which is {@link #size} from before the call when the term is new. */
    int add(char[] chars, int from, int length) {
        int term = find(chars, from, length);
        return term >= 0 ? term : append(chars, from, length);
    }

    private int append(char[] chars, int from, int length) {
        if (length > MAX_TERM) {
            throw new IllegalArgumentException("term of " + length + " characters, at most " + MAX_TERM);
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 1));
            hashes = Arrays.copyOf(hashes, size + (size >> 1));
        }
        int start = reserve(length);
        char[] page = pages.get(start >>> PAGE_BITS);
        int offset = start & PAGE - 1;
        page[offset] = (char) length;
        System.arraycopy(chars, from, page, offset + 1, length);
        starts[size] = start;
        hashes[size] = hash(chars, from, length);
        size++;
        if (size > slots.length / 4 * 3) {
            slots = new int[2 * slots.length];
            fillSlots();
        } else {
            occupy(size - 1);
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
                throw new IllegalStateException("the terms hold more than 2^31 characters");
            }
            pages.add(new char[PAGE]);
        }
        end = start + 1 + length;
        return start;
    }

    private void occupy(int term) {
        int mask = slots.length - 1;
        int slot = hashes[term] & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = term + 1;
    }

    private void fillSlots() {
        for (int term = 0; term < size; term++) {
            occupy(term);
        }
    }

    /** Removes the terms that do not pass, in place; the others keep their order and close the gaps. */
    void retain(IntPredicate kept) {
        int terms = size;
        size = 0;
        end = 0;
        for (int term = 0; term < terms; term++) {
            if (kept.test(term)) {
                moveDown(term);
            }
        }
        while (pages.size() > (end + PAGE - 1 >>> PAGE_BITS)) {
            pages.remove(pages.size() - 1);
        }
        Arrays.fill(slots, 0);
        fillSlots();
    }

    // A kept term never moves up: in front of it stand a part of the terms that stood there before, packed by the
    // same rule, so copying in ascending order overwrites nothing that is still needed.
    private void moveDown(int term) {
        char[] from = pages.get(starts[term] >>> PAGE_BITS);
        int offset = starts[term] & PAGE - 1;
        int length = from[offset];
        int start = reserve(length);
        System.arraycopy(from, offset, pages.get(start >>> PAGE_BITS), start & PAGE - 1, length + 1);
        starts[size] = start;
        hashes[size] = hashes[term];
        size++;
    }

    String term(int term) {
        char[] page = pages.get(starts[term] >>> PAGE_BITS);
        int offset = starts[term] & PAGE - 1;
        return new String(page, offset + 1, page[offset]);
    }

    /** Whether the term is several words, joined by spaces. */
    boolean isNgram(int term) {
        char[] page = pages.get(starts[term] >>> PAGE_BITS);
        int offset = starts[term] & PAGE - 1;
        for (int i = offset + 1; i <= offset + page[offset]; i++) {
            if (page[i] == ' ') {
                return true;
            }
        }
        return false;
    }

    /** Compares two terms by UTF-16 code units, like {@link String#compareTo}. */
    int compare(int a, int b) {
        char[] pageA = pages.get(starts[a] >>> PAGE_BITS);
        char[] pageB = pages.get(starts[b] >>> PAGE_BITS);
        int fromA = (starts[a] & PAGE - 1) + 1;
        int fromB = (starts[b] & PAGE - 1) + 1;
        return Arrays.compare(pageA, fromA, fromA + pageA[fromA - 1], pageB, fromB, fromB + pageB[fromB - 1]);
    }

    /** Appends a term of another table that this one does not hold yet. */
    void appendFrom(TermTable other, int term) {
        char[] page = other.pages.get(other.starts[term] >>> PAGE_BITS);
        int offset = other.starts[term] & PAGE - 1;
        append(page, offset + 1, page[offset]);
    }

    private boolean same(int term, char[] chars, int from, int length) {
        char[] page = pages.get(starts[term] >>> PAGE_BITS);
        int offset = starts[term] & PAGE - 1;
        return page[offset] == length
                && Arrays.equals(page, offset + 1, offset + 1 + length, chars, from, from + length);
    }

    private static int hash(char[] chars, int from, int length) {
        int h = length;
        for (int i = from; i < from + length; i++) {
            h = 31 * h + chars[i];
        }
        return HashCommon.murmurHash3(h);
    }
}
