package dev.longtail.format;

import dev.longtail.metrics.Metrics;
import dev.longtail.shrink.ShrinkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a model comes from that was made from another: the provenance of that one, with what was done to it.
 *
 * @param manifest of the other model
 * @param sha256 of its model.json
 * @param change what was left out
 * @param validation measures of the smaller model on a validation part; empty where it was not measured
 */
public record ShrunkProvenance(ObjectNode manifest, String sha256, ShrinkConfig change, Optional<Metrics> validation) {

    /**
     * A model made from the one in a folder.
     *
     * @param folder that was read
     * @param stored what was read from it
     */
    public static ShrunkProvenance of(
            Path folder, LabelModelFolder.Stored stored, ShrinkConfig change, Optional<Metrics> validation)
            throws IOException {
        Path manifest = Siblings.of(folder).readable().resolve(ModelManifest.NAME);
        return new ShrunkProvenance(stored.manifest(), Checksums.of(manifest), change, validation);
    }

    /** Measures of the other model are not those of this one: they go to the entry that tells of the change. */
    ObjectNode toJson() {
        ObjectNode json = manifest.path("provenance") instanceof ObjectNode object ? object.deepCopy() : empty();
        ArrayNode changes = json.path("shrunk") instanceof ArrayNode array ? array : json.putArray("shrunk");
        ObjectNode entry = changes.addObject();
        entry.put("libraryVersion", LibraryVersion.text());
        entry.put("from", sha256);
        entry.put("storedBits", change.storedBits());
        if (change.terms() != ShrinkConfig.ALL) {
            entry.put("terms", change.terms());
        }
        if (change.fanIn() != ShrinkConfig.ALL) {
            entry.put("fanIn", change.fanIn());
        }
        JsonNode before = json.path("validation");
        entry.set("validationBefore", before.isObject() ? before.deepCopy() : empty());
        ObjectNode measures = json.putObject("validation");
        validation.ifPresent(metrics -> metrics.toMap().forEach((name, value) -> {
            if (value instanceof Integer count) {
                measures.put(name, count);
            } else {
                measures.put(name, value.doubleValue());
            }
        }));
        return json;
    }

    private ObjectNode empty() {
        return manifest.objectNode();
    }
}
