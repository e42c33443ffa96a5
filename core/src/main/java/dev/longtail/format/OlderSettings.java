package dev.longtail.format;

import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.config.Settings;
import dev.longtail.model.ModelConfig;
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
        JsonNode model = settings.path("model");
        if (model instanceof ObjectNode object && !object.has("storedBits")) {
            object.put("storedBits", ModelConfig.TRAINED_BITS);
        }
        return settings;
    }
}
