package dev.longtail.living;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a journal holds: feedback, and that earlier feedback is not to count. */
sealed interface JournalEntry {

    /** Number of the entry; each is one above the one before. */
    long sequence();

    /** Feedback that was given. */
    record Given(long sequence, Feedback feedback) implements JournalEntry {}

    /** Earlier feedback, by its numbers, that counts no more. */
    record Undone(long sequence, List<Long> numbers) implements JournalEntry {

        public Undone {
            numbers = List.copyOf(numbers);
            Require.that(!numbers.isEmpty(), "undo", "at least one number", 0);
        }
    }

    /** The entry as a JSON object. */
    default ObjectNode toJson() {
        ObjectNode json = JsonLines.object();
        json.put("sequence", sequence());
        if (this instanceof Given given) {
            json.put("text", given.feedback.text());
            put(json.putArray("accepted"), given.feedback.accepted());
            put(json.putArray("rejected"), given.feedback.rejected());
        } else if (this instanceof Undone undone) {
            ArrayNode numbers = json.putArray("undo");
            undone.numbers.forEach(numbers::add);
        }
        return json;
    }

    private static void put(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** @throws IllegalArgumentException when the object is no entry */
    static JournalEntry of(ObjectNode json) {
        JsonNode sequence = json.path("sequence");
        if (!sequence.isIntegralNumber() || !sequence.canConvertToLong()) {
            throw new IllegalArgumentException("has no number sequence");
        }
        if (!json.has("undo")) {
            return new Given(
                    sequence.longValue(), FeedbackLine.of(json, Set.of("sequence", "text", "accepted", "rejected")));
        }
        JsonLines.requireOnly(json, Set.of("sequence", "undo"));
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : json.path("undo")) {
            if (!number.isIntegralNumber() || !number.canConvertToLong()) {
                throw new IllegalArgumentException("undo holds something that is no number");
            }
            numbers.add(number.longValue());
        }
        return new Undone(sequence.longValue(), numbers);
    }
}
