package dev.longtail.relation;

import dev.longtail.data.Issues;

/** Why a line that names a pair of objects was left out. */
public enum RelationIssue implements Issues.Kind {
    /** An object of the pair is none of those there are. */
    UNKNOWN_OBJECT("pair with an object that is not known, left out"),
    /** The weight is below the least that counts. */
    LIGHT("pair with a weight below the least that counts, left out"),
    /** Both objects are the same, and every object is related to itself. */
    SAME_OBJECT("pair of an object with itself, left out");

    private final String meaning;

    RelationIssue(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
