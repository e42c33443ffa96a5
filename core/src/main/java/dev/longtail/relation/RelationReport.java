package dev.longtail.relation;

import dev.longtail.data.SourceFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the lines of files that name pairs of objects. Malformed lines are errors and never get here; this
 * counts well-formed ones that say nothing about the objects there are.
 *
 * @param files the files in the order they were read
 * @param read lines read
 * @param kept lines that named a pair of the graph, repetitions included
 * @param counts how often each issue occurred, those that did not are missing
 * @param occurrences the first {@value #NAMED} occurrences of each issue
 */
public record RelationReport(
        List<SourceFile> files, long read, long kept, Map<Issue, Long> counts, List<Occurrence> occurrences) {

    /** Occurrences of an issue that are named. */
    public static final int NAMED = 5;

    public RelationReport {
        files = List.copyOf(files);
        counts = Map.copyOf(counts);
        occurrences = List.copyOf(occurrences);
    }

    /** How often the issue occurred. */
    public long count(Issue issue) {
        return counts.getOrDefault(issue, 0L);
    }

    /** Why a line was left out. */
    public enum Issue {
        /** An object of the pair is none of those there are. */
        UNKNOWN_OBJECT("pair with an object that is not known, left out"),
        /** The weight is below the least that counts. */
        LIGHT("pair with a weight below the least that counts, left out"),
        /** Both objects are the same, and every object is related to itself. */
        SAME_OBJECT("pair of an object with itself, left out");

        private final String meaning;

        Issue(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * One occurrence of an issue.
     *
     * @param source file
     * @param line line in the file, from 1
     * @param detail the object or weight concerned
     */
    public record Occurrence(Issue issue, String source, long line, String detail) {}

    /** Counts while lines are read. */
    static final class Tally {
        private final List<SourceFile> files = new ArrayList<>();
        private final Map<Issue, Long> counts = new EnumMap<>(Issue.class);
        private final List<Occurrence> occurrences = new ArrayList<>();
        private long read;
        private long kept;

        void file(SourceFile file) {
            files.add(file);
        }

        void read() {
            read++;
        }

        void kept() {
            kept++;
        }

        void issue(Issue issue, String source, long line, String detail) {
            long count = counts.merge(issue, 1L, Long::sum);
            if (count <= NAMED) {
                occurrences.add(new Occurrence(issue, source, line, detail));
            }
        }

        RelationReport report() {
            return new RelationReport(files, read, kept, counts, occurrences);
        }
    }
}
