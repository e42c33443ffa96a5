package dev.longtail.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What could not be used as it stands in some files, though it is well formed: how often, by kind, and the first
 * places.
 *
 * @param <K> kinds of issues
 * @param counts how often each kind occurred, in their order; those that did not are missing
 * @param occurrences the first {@value #NAMED} occurrences of each kind
 */
public record Issues<K extends Enum<K> & Issues.Kind>(Map<K, Long> counts, List<Occurrence<K>> occurrences) {

    /** Occurrences of a kind that are named. */
    public static final int NAMED = 5;

    public Issues {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        occurrences = List.copyOf(occurrences);
    }

    /** What is told of a kind of issue. */
    public interface Kind {

        /** What it is and what was done about it, for the reader of a message. */
        String meaning();
    }

    /** How often it occurred. */
    public long count(K kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /**
     * One occurrence of an issue.
     *
     * @param source file
     * @param line   line in the file, from 1
     * @param detail what it is about, empty where that is the whole line
     */
    public record Occurrence<K>(K kind, String source, long line, String detail) {}

    /** Counts while files are read. */
    public static final class Tally<K extends Enum<K> & Kind> {
        private final Map<K, Long> counts = new TreeMap<>();
        private final List<Occurrence<K>> occurrences = new ArrayList<>();

        /** Counts one. */
        public void add(K kind, String source, long line, String detail) {
            if (counts.merge(kind, 1L, Long::sum) <= NAMED) {
                occurrences.add(new Occurrence<>(kind, source, line, detail));
            }
        }

        /** All so far. */
        public Issues<K> issues() {
            return new Issues<>(counts, occurrences);
        }
    }
}
