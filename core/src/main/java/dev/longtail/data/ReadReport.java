package dev.longtail.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the examples of some files. Malformed lines are errors and never get here; this counts well-formed
 * lines of which all or a part could not be used.
 *
 * @param files       the files in the order they were read
 * @param read        examples read
 * @param kept        examples kept
 * @param counts      how often each issue occurred, those that did not are missing
 * @param occurrences the first {@value #NAMED} occurrences of each issue
 */
public record ReadReport(
        List<SourceFile> files, long read, long kept, Map<Issue, Long> counts, List<Occurrence> occurrences) {

    /** Occurrences of an issue that are named. */
    public static final int NAMED = 5;

    public ReadReport {
        files = List.copyOf(files);
        counts = Map.copyOf(counts);
        occurrences = List.copyOf(occurrences);
    }

    /** How often the issue occurred. */
    public long count(Issue issue) {
        return counts.getOrDefault(issue, 0L);
    }

    /** Why an example, or one of its labels, could not be used. */
    public enum Issue {
        /** A training example without labels was left out. */
        NO_LABELS("training example without labels, left out"),
        /** A training example none of whose labels is in the label set was left out. */
        NO_KNOWN_LABEL("training example with no label of the label set, left out"),
        /** A training example none of whose features is known was left out. */
        NO_KNOWN_FEATURE("training example with no known feature, left out"),
        /** An example with no known feature was kept: what a model says of it rests on nothing but biases. */
        NO_KNOWN_FEATURE_KEPT("example with no known feature, kept"),
        /** A label stands more than once on a line and was taken once. */
        REPEATED_LABEL("label repeated on a line, taken once"),
        /** A label occurrence that the label set does not hold; counted as missed in recall. */
        UNKNOWN_LABEL("label that the label set does not hold");

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
     * @param line   line in the file, from 1
     * @param detail the label concerned, empty where the issue concerns the whole example
     */
    public record Occurrence(Issue issue, String source, long line, String detail) {}

    /** Counts while examples are read. */
    static final class Tally {
        private final List<SourceFile> files = new ArrayList<>();
        private final Map<Issue, Long> counts = new EnumMap<>(Issue.class);
        private final List<Occurrence> occurrences = new ArrayList<>();
        private long read;
        private long kept;

        void file(SourceFile file) {
            files.add(file);
        }

        void example(boolean used) {
            read++;
            kept += used ? 1 : 0;
        }

        void issue(Issue issue, RawExample example, String detail) {
            long count = counts.merge(issue, 1L, Long::sum);
            if (count <= NAMED) {
                occurrences.add(new Occurrence(issue, example.source, example.line, detail));
            }
        }

        ReadReport report() {
            return new ReadReport(files, read, kept, counts, occurrences);
        }
    }
}
