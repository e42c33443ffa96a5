package dev.longtail.living;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Feedback as a JSON object: {@code {"text": "...", "accepted": ["id"], "rejected": ["id"]}}. */
public final class FeedbackLine {

    private static final Set<String> MEMBERS = Set.of("text", "accepted", "rejected");

    private FeedbackLine() {}

    /** @throws IllegalArgumentException when the line is no feedback */
    public static Feedback parse(String line) {
        return of(JsonLines.parse(line));
    }

    /**
     * The feedback that a JSON object describes.
     *
     * @throws IllegalArgumentException when it describes none
     */
    public static Feedback of(ObjectNode json) {
        return of(json, MEMBERS);
    }

    /** @param members that the object may have */
    static Feedback of(ObjectNode json, Set<String> members) {
        JsonLines.requireOnly(json, members);
        return new Feedback(
                JsonLines.text(json, "text"), JsonLines.texts(json, "accepted"), JsonLines.texts(json, "rejected"));
    }
}
