package dev.longtail.rating;

import dev.longtail.config.InputException;
import dev.longtail.text.Tsv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Users or items by number, 0 to size - 1, most training ratings first: identifier and number of training ratings.
 * Frozen: any thread may use it.
 */
public final class Ids {

    /** In place of a number for what the training ratings do not hold. */
    public static final int UNKNOWN = -1;

    /** Null where the identifier of each is its number. */
    private final @Nullable IdTable table;

    private final int[] counts;

    Ids(@Nullable IdTable table, int[] counts) {
        this.table = table;
        this.counts = counts;
    }

    /**
     * Identifiers in their order.
     *
     * @param ids    distinct, not empty, at most 255 bytes each in UTF-8
     * @param counts training ratings of each, at least 0
     */
    public static Ids of(List<String> ids, int[] counts) {
        if (counts.length != ids.size()) {
            throw new IllegalArgumentException(ids.size() + " identifiers, " + counts.length + " counts");
        }
        IdTable table = new IdTable();
        IdKey key = new IdKey();
        for (String id : ids) {
            if (id.isEmpty() || !key.set(id)) {
                throw new IllegalArgumentException("an identifier must have 1 to 255 bytes, got '" + id + "'");
            }
            int before = table.size();
            if (table.add(key) < before) {
                throw new IllegalArgumentException("identifier " + id + " stands twice");
            }
        }
        return new Ids(table, counts.clone());
    }

    /**
     * Users or items whose identifiers are their numbers, "0", "1" and so on: four bytes each.
     *
     * @param counts training ratings of each, at least 0
     */
    public static Ids numbered(int[] counts) {
        return new Ids(null, counts.clone());
    }

    public int size() {
        return counts.length;
    }

    public String id(int number) {
        Objects.checkIndex(number, counts.length);
        return table == null ? Integer.toString(number) : table.id(number);
    }

    /** Number of training ratings. */
    public int count(int number) {
        return counts[number];
    }

    /** All numbers of training ratings, a copy. */
    public int[] counts() {
        return counts.clone();
    }

    /** Number of the identifier, or {@link #UNKNOWN}. */
    public int indexOf(String id) {
        IdKey key = new IdKey();
        return key.set(id) ? indexOf(key) : UNKNOWN;
    }

    int indexOf(IdKey key) {
        return table == null ? plainNumber(key) : table.find(key);
    }

    /** The number that a key is when written without sign and leading zeros. */
    private int plainNumber(IdKey key) {
        int length = key.length();
        if (length == 0 || length > 10 || length > 1 && key.bytes()[0] == '0') {
            return UNKNOWN;
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = key.bytes()[i] - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            number = 10 * number + digit;
        }
        return number < counts.length ? (int) number : UNKNOWN;
    }

    /** Writes one line each in order: identifier, tab, number of training ratings. Fields as in {@link Tsv}. */
    public void write(Writer out) throws IOException {
        for (int number = 0; number < size(); number++) {
            out.write(Tsv.escape(id(number)));
            out.write('\t');
            out.write(Integer.toString(counts[number]));
            out.write('\n');
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param source name of the file for messages
     * @throws InputException at the first line that is not one of these or repeats an identifier
     */
    public static Ids read(BufferedReader in, String source) throws IOException {
        Reading reading = new Reading(source);
        @Nullable String line;
        while ((line = in.readLine()) != null) {
            String[] fields = line.split("\t", -1);
            reading.next(fields.length == 2, "expected identifier, tab and number of training ratings");
            reading.add(fields[0], fields[1]);
        }
        return reading.ids();
    }

    /** Identifiers and counts of a file, line by line. */
    static final class Reading {

        private final String source;
        private final IdTable table = new IdTable();
        private final IdKey key = new IdKey();
        private int[] counts = new int[1024];
        private int line;

        Reading(String source) {
            this.source = source;
        }

        /** A line has been read. */
        void next(boolean wellFormed, String expected) {
            line++;
            if (!wellFormed) {
                throw wrong(expected);
            }
        }

        void add(String id, String count) {
            String unescaped = unescaped(id);
            if (unescaped.isEmpty() || !key.set(unescaped)) {
                throw wrong("an identifier must have 1 to 255 bytes");
            }
            if (table.add(key) != line - 1) {
                throw wrong("identifier " + unescaped + " stands in an earlier line too");
            }
            if (!count.matches("[0-9]{1,10}") || Long.parseLong(count) > Integer.MAX_VALUE) {
                throw wrong("the number of training ratings must be from 0 to 2147483647, got '" + count + "'");
            }
            if (counts.length < line) {
                counts = Arrays.copyOf(counts, 2 * counts.length);
            }
            counts[line - 1] = Integer.parseInt(count);
        }

        String unescaped(String field) {
            try {
                return Tsv.unescape(field);
            } catch (IllegalArgumentException e) {
                throw wrong(String.valueOf(e.getMessage()));
            }
        }

        Ids ids() {
            return new Ids(table, Arrays.copyOf(counts, line));
        }

        private InputException wrong(String reason) {
            return new InputException(source, line, reason);
        }
    }
}
