package dev.longtail.server;

import dev.longtail.predict.Suggestion;
import dev.longtail.server.serving.BusyException;
import dev.longtail.server.serving.ModelRegistry;
import dev.longtail.server.serving.SuggestPool;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the three APIs share: the limits of a question, and its way to a model. */
final class Suggester {

    private final ServerConfig config;
    private final ModelRegistry models;
    private final SuggestPool pool;

    Suggester(ServerConfig config, ModelRegistry models, SuggestPool pool) {
        this.config = config;
        this.models = models;
        this.pool = pool;
    }

    ModelRegistry models() {
        return models;
    }

    int defaultLimit() {
        return config.defaultLimit();
    }

    /** The name that a path gives, if a model has it. */
    String name(Call call, String parameter) {
        String name = call.parameter(parameter);
        if (!models.has(name)) {
            throw Problem.of(404, "unknown-model", "no model of this name is served; GET /v1/models lists them");
        }
        return name;
    }

    /** The limit of a JSON request, or the usual one. */
    int limit(@Nullable JsonNode given) {
        if (given == null) {
            return config.defaultLimit();
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt()) {
            throw wrongLimit();
        }
        return limit(given.intValue());
    }

    /** The limit of a form or a path, or the usual one where it is null. */
    int limit(@Nullable String given) {
        if (given == null) {
            return config.defaultLimit();
        }
        if (!given.matches("[0-9]{1,9}")) {
            throw wrongLimit();
        }
        return limit(Integer.parseInt(given));
    }

    private int limit(int limit) {
        if (limit < 1 || limit > config.maxLimit()) {
            throw wrongLimit();
        }
        return limit;
    }

    private Problem wrongLimit() {
        return Problem.wrong("invalid-limit", "limit must be an integer from 1 to " + config.maxLimit());
    }

    /** The threshold of a JSON request, or one that everything reaches. */
    static double threshold(@Nullable JsonNode given) {
        if (given == null) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!given.isNumber() || !Double.isFinite(given.doubleValue())) {
            throw wrongThreshold();
        }
        return given.doubleValue();
    }

    /** The threshold of a form or a path, or one that everything reaches where it is null. */
    static double threshold(@Nullable String given) {
        if (given == null) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!given.matches("-?[0-9]{1,20}(\\.[0-9]{0,20})?([eE]-?[0-9]{1,3})?")
                || !Double.isFinite(Double.parseDouble(given))) {
            throw wrongThreshold();
        }
        return Double.parseDouble(given);
    }

    private static Problem wrongThreshold() {
        return Problem.wrong("invalid-threshold", "threshold must be a number");
    }

    /** A text of a JSON request. */
    static String text(@Nullable JsonNode given, String name) {
        if (given == null) {
            throw Problem.wrong("missing-text", name + " is missing");
        }
        if (!given.isString()) {
            throw Problem.wrong("invalid-text", name + " must be a string");
        }
        return given.stringValue();
    }

    /**
     * Asks a model.
     *
     * @param score what the threshold of the question is for
     */
    Answered ask(String name, Question question, ToDoubleFunction<Suggestion> score) throws InterruptedException {
        check(question.texts());
        SuggestPool.Answer answer;
        try {
            answer = pool.suggest(name, question.texts(), question.limit(), config.timeout());
        } catch (BusyException e) {
            throw Problem.of(e);
        }
        List<List<Suggestion>> kept = answer.suggestions().stream()
                .map(suggestions -> suggestions.stream()
                        .filter(suggestion -> score.applyAsDouble(suggestion) >= question.threshold())
                        .toList())
                .toList();
        return new Answered(answer.model(), kept);
    }

    /** Holds texts to the limits of a request. */
    void check(List<String> texts) {
        if (texts.isEmpty()) {
            throw Problem.wrong("missing-text", "there must be at least one text");
        }
        if (texts.size() > config.maxTexts()) {
            throw Problem.tooLarge(
                    "too-many-texts",
                    "a request may hold at most " + config.maxTexts() + " texts, this has " + texts.size());
        }
        for (String text : texts) {
            if (text.length() > config.maxTextLength()) {
                throw Problem.tooLarge(
                        "text-too-long", "a text may have at most " + config.maxTextLength() + " characters");
            }
        }
    }
}
