package dev.longtail.cli;

import dev.longtail.vocabulary.Concept;
import dev.longtail.vocabulary.LanguageChoice;
import dev.longtail.vocabulary.SubjectVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is told of a vocabulary that was read. */
final class VocabularyMessages {

    private static final int MOST_LANGUAGES = 12;

    private VocabularyMessages() {}

    /** How many names came from which language. */
    static String names(LanguageChoice.Names names) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : names.counts().entrySet()) {
            if (parts.isEmpty() || entry.getValue() > 0) {
                parts.add(Texts.count(entry.getValue()) + " in "
                        + (entry.getKey().isEmpty() ? "no language" : entry.getKey()));
            }
        }
        return "names of " + Texts.count(names.names().size()) + " concepts: " + String.join(", ", parts) + "; "
                + Texts.count(names.missing()) + " have none";
    }

    /** The languages of the labels and how to choose one, for an error. */
    static String languages(SubjectVocabulary vocabulary, String option) {
        Map<String, Integer> counts = vocabulary.languages();
        String listed = counts.entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_LANGUAGES)
                .map(entry -> entry.getKey() + " (" + Texts.count(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return "has labels in " + listed + (counts.size() > MOST_LANGUAGES ? ", ..." : "") + "; choose with " + option
                + ", the wanted language first, then those to fall back to, as in en,sv,fi";
    }

    /** What lines of identifier and name have no place for. */
    static List<String> lostInTsv(SubjectVocabulary vocabulary, LanguageChoice.Names names) {
        long preferred = 0;
        long others = 0;
        long relations = 0;
        long notations = 0;
        long deprecated = 0;
        long replaced = 0;
        for (Concept concept : vocabulary.concepts()) {
            preferred += concept.labels().preferred().size();
            others += count(concept.labels().alternative())
                    + count(concept.labels().hidden());
            relations += concept.relations().broader().size()
                    + concept.relations().narrower().size()
                    + concept.relations().related().size();
            notations += concept.notations().size();
            deprecated += concept.deprecated() ? 1 : 0;
            replaced += concept.replacedBy().size();
        }
        int taken = names.names().size() - names.missing();
        List<String> lost = new ArrayList<>();
        add(lost, preferred - taken, "preferred labels of other languages");
        add(lost, others, "alternative and hidden labels");
        add(lost, relations, "relations to other concepts");
        add(lost, notations, "notations");
        add(lost, deprecated, "marks of concepts that are deprecated; the concepts are kept");
        add(lost, replaced, "references to concepts that replace others");
        return lost;
    }

    private static long count(Map<String, List<String>> labels) {
        return labels.values().stream().mapToLong(List::size).sum();
    }

    private static void add(List<String> lost, long count, String what) {
        if (count > 0) {
            lost.add(Texts.count(count) + " x " + what);
        }
    }
}
