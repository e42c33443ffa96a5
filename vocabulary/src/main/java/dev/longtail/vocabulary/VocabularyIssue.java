package dev.longtail.vocabulary;

import dev.longtail.data.Issues;

/**
 * What breaks a rule of a vocabulary's format and was read all the same, or was left out. Real vocabularies do; a file
 * that cannot be understood is an error.
 */
public enum VocabularyIssue implements Issues.Kind {
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

    VocabularyIssue(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
