package dev.longtail.living;

import dev.longtail.data.LabelSet;

/**
 * How a model writes the ids of its labels: models that were trained on Annif's files write URIs between angle
 * brackets, and people and programs leave them out.
 */
public record IdForm(boolean brackets) {

    /** The form of the first label; a model without labels writes ids as they come. */
    public static IdForm of(LabelSet labels) {
        return new IdForm(labels.size() > 0 && isBracketed(labels.id(0)));
    }

    private static boolean isBracketed(String id) {
        return id.startsWith("<") && id.endsWith(">");
    }

    /** An id as the model writes it. */
    public String of(String id) {
        return brackets && !isBracketed(id) ? "<" + id + ">" : id;
    }
}
