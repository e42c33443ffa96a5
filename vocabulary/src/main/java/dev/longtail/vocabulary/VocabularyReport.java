package dev.longtail.vocabulary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a vocabulary holds that breaks a rule of its format and was read all the same, or was left out. Real
 * vocabularies do; a file that cannot be understood is an error and never gets here.
 *
 * @param counts      how often each issue occurred, those that did not are missing
 * @param occurrences the first {@value #NAMED} occurrences of each issue
 */
public record VocabularyReport(Map<Issue, Long> counts, List<Occurrence> occurrences) {

    /** Occurrences of an issue that are named. */
    public static final int NAMED = 5;

    public VocabularyReport {
        counts = Map.copyOf(counts);
        occurrences = List.copyOf(occurrences);
    }

    /** How often the issue occurred. */
    public long count(Issue issue) {
        return counts.getOrDefault(issue, 0L);
    }

    /** What may be wrong. */
    public enum Issue {
        /** SKOS allows one preferred label a language (S14). */
        SECOND_PREFERRED("second preferred label of a language, read as an alternative one"),
        /** A label of white space only. */
        EMPTY_LABEL("empty label, left out"),
        /** Schemes and collections have labels too. */
        NO_CONCEPT("subject with labels that is no skos:Concept, left out"),
        /** A concept without an IRI cannot be named in data. */
        BLANK_CONCEPT("concept without an IRI, left out"),
        /** Something that must be a label or an IRI is the other. */
        WRONG_VALUE("property with a value of the wrong kind, left out"),
        /** Labels that are resources of their own. */
        XL_LABEL("label of SKOS-XL, which is not read; only those of SKOS are"),
        /** A concept that is broader than itself by way of others. */
        BROADER_CYCLE("concept that is broader than itself by way of others, read as it stands"),
        /** A line of labels that repeats an earlier one. */
        REPEATED_LINE("line that repeats an earlier one, taken once");

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
     * @param line   line in the file, from 1
     * @param detail what it is about
     */
    public record Occurrence(Issue issue, long line, String detail) {}

    /** Counts while a file is read. */
    static final class Tally {
        private final Map<Issue, Long> counts = new EnumMap<>(Issue.class);
        private final List<Occurrence> occurrences = new ArrayList<>();

        void add(Issue issue, long line, String detail) {
            if (counts.merge(issue, 1L, Long::sum) <= NAMED) {
                occurrences.add(new Occurrence(issue, line, detail));
            }
        }

        VocabularyReport report() {
            return new VocabularyReport(counts, occurrences);
        }
    }
}
