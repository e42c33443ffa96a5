package dev.longtail.data;

/** Why an example, or one of its labels, could not be used. */
public enum ExampleIssue implements Issues.Kind {
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

    ExampleIssue(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
