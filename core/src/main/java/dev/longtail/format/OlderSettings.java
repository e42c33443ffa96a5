package dev.longtail.format;

import dev.longtail.association.AssociationConfig;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Settings;
import dev.longtail.direct.DirectConfig;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.AnchorLayerConfig;
import dev.longtail.penalty.RowPenaltyConfig;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.MixedConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings that manifests of older releases lack: what these releases did, by the names of today. */
final class OlderSettings {

    private OlderSettings() {}

    /** The settings of a manifest, completed. */
    static ObjectNode completed(ObjectNode manifest) {
        ObjectNode settings = manifest.withObject("settings").deepCopy();
        JsonNode train = settings.path("train");
        if (train instanceof ObjectNode object && !object.has("calibration")) {
            object.set("calibration", Settings.toJson(CalibrationConfig.OFF));
        }
        if (train instanceof ObjectNode object && !object.has("featureDropout")) {
            object.put("featureDropout", 0);
        }
        if (train instanceof ObjectNode object && !object.has("direct")) {
            object.set("direct", Settings.toJson(DirectConfig.OFF));
        }
        if (train instanceof ObjectNode object && !object.has("association")) {
            object.set("association", Settings.toJson(AssociationConfig.OFF));
            object.put("negatives", 0);
        }
        completeSchedule(train.path("schedule"));
        completeSchedule(train.path("outputSchedule"));
        JsonNode model = settings.path("model");
        if (model instanceof ObjectNode object && !object.has("storedBits")) {
            object.put("storedBits", ModelConfig.TRAINED_BITS);
        }
        if (model instanceof ObjectNode object && !object.has("embedding")) {
            object.put("embedding", true);
        }
        if (model.path("table") instanceof ObjectNode table && !table.has("ngrams")) {
            table.put("ngrams", true);
        }
        if (model.path("table") instanceof ObjectNode table && !table.has("anchors")) {
            table.set("anchors", Settings.toJson(AnchorConfig.DEFAULT));
        }
        completeAnchors(model.path("table").path("anchors"));
        if (model.path("table") instanceof ObjectNode table && !table.has("mixed")) {
            table.set("mixed", Settings.toJson(MixedConfig.DEFAULT));
            table.set("rowPenalty", Settings.toJson(RowPenaltyConfig.NONE));
        }
        if (model.path("output") instanceof ObjectNode output && !output.has("anchorLayer")) {
            output.set("anchorLayer", Settings.toJson(AnchorLayerConfig.DEFAULT));
        }
        if (settings.path("text") instanceof ObjectNode text && !text.has("minNgramFrequency")) {
            text.put("minNgramFrequency", 0);
        }
        if (settings.path("text") instanceof ObjectNode text && !text.has("ngramWeight")) {
            text.put("ngramWeight", 1);
        }
        if (settings.path("data") instanceof ObjectNode data && !data.has("featureIdf")) {
            data.put("featureIdf", 0);
        }
        return settings;
    }

    /** The settings of the manifest of a rating model, completed. */
    static ObjectNode completedRating(ObjectNode manifest) {
        ObjectNode settings = manifest.withObject("settings").deepCopy();
        completeAnchors(settings.path("model").path("users").path("anchors"));
        completeAnchors(settings.path("model").path("items").path("anchors"));
        return settings;
    }

    /** Anchors started at random, no relations were known, and penalties acted to the end. */
    private static void completeAnchors(JsonNode anchors) {
        if (anchors.path("penalty") instanceof ObjectNode penalty && !penalty.has("refitAfter")) {
            penalty.put("refitAfter", 0);
        }
        if (anchors instanceof ObjectNode object && !object.has("start")) {
            AnchorConfig usual = AnchorConfig.DEFAULT;
            object.set("start", Settings.toJson(usual.start()));
            object.set("relations", Settings.toJson(usual.relations()));
            object.set("cooccurrence", Settings.toJson(usual.cooccurrence()));
        }
    }

    /** Schedules did not fall in steps. */
    private static void completeSchedule(JsonNode schedule) {
        if (schedule instanceof ObjectNode object && !object.has("every")) {
            ScheduleConfig usual = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0, 0);
            object.put("every", usual.every());
            object.put("decay", usual.decay());
        }
    }
}
