package dev.longtail.server;

import java.util.List;

/**
 * Texts to suggest labels for.
 *
 * @param limit suggestions for a text
 * @param threshold that the score of a suggestion must reach
 */
record Question(List<String> texts, int limit, double threshold) {

    Question {
        texts = List.copyOf(texts);
    }
}
