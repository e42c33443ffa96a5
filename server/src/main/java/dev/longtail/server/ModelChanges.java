package dev.longtail.server;

import dev.longtail.config.InputException;
import dev.longtail.server.serving.ModelChange;
import dev.longtail.server.serving.ModelRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What the APIs that change models share: their way to a model, and how refusals are told. */
final class ModelChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ModelChanges.class);

    private final ModelRegistry models;

    ModelChanges(ModelRegistry models) {
        this.models = models;
    }

    /** Changes a model; why that fails on the disk is logged, since it names folders, and not told. */
    <T> T make(String name, ModelChange<T> change) {
        try {
            return models.change(name, change);
        } catch (IllegalArgumentException | InputException e) {
            throw Problem.wrong("invalid-change", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.error("model {} was not changed: {}", name, e.getMessage());
            throw Problem.of(409, "change-failed", "the model cannot be changed now and stays; the log says why");
        }
    }

    /** A list of texts of a JSON request, empty where it is missing. */
    static List<String> texts(@Nullable JsonNode list, String name) {
        List<String> texts = new ArrayList<>();
        if (list == null) {
            return texts;
        }
        if (!list.isArray()) {
            throw Problem.wrong("invalid-change", name + " must be an array of strings");
        }
        for (JsonNode entry : list) {
            if (!entry.isString()) {
                throw Problem.wrong("invalid-change", name + " must be an array of strings");
            }
            texts.add(entry.stringValue());
        }
        return texts;
    }
}
