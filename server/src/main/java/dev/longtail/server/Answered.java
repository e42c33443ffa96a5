package dev.longtail.server;

import dev.longtail.predict.Suggestion;
import dev.longtail.server.serving.ModelFacts;
import java.util.List;

/**
 * Suggestions for the texts of a request.
 *
 * @param model that gave them
 * @param suggestions for each text, best first
 */
record Answered(ModelFacts model, List<List<Suggestion>> suggestions) {

    int texts() {
        return suggestions.size();
    }

    /** Suggestions for all texts. */
    int count() {
        return suggestions.stream().mapToInt(List::size).sum();
    }
}
