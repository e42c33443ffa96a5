package dev.longtail.format;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a model comes from whose labels were changed, or that learned from feedback: the provenance of the one before,
 * with what was done to it. Measures stay those of the training.
 *
 * @param manifest of the model before
 * @param from SHA-256 of its model.json
 * @param changes what was done
 * @param retired every label that the model had once and has no more, by id
 * @param sequence number of the last feedback that is in the rows, 0 for none
 */
public record LivingProvenance(
        ObjectNode manifest, String from, LabelChanges changes, Map<String, RetiredLabel> retired, long sequence) {

    private static final String FIELD = "living";

    public LivingProvenance {
        retired = new LinkedHashMap<>(retired);
    }

    /** Labels that a model had once, by id, in the order in which they went. */
    public static Map<String, RetiredLabel> retired(ObjectNode manifest) {
        Map<String, RetiredLabel> retired = new LinkedHashMap<>();
        living(manifest).path("retired").properties().forEach(entry -> {
            JsonNode label = entry.getValue();
            retired.put(
                    entry.getKey(),
                    new RetiredLabel(
                            label.path("name").asString(""), label.path("into").asString("")));
        });
        return retired;
    }

    /** Number of the last feedback that is in the rows of a model, 0 for none. */
    public static long sequence(ObjectNode manifest) {
        return living(manifest).path("sequence").asLong(0);
    }

    /** SHA-256 of every model.json that a model was before its changes. */
    public static Set<String> earlier(ObjectNode manifest) {
        Set<String> sums = new HashSet<>();
        living(manifest)
                .path("edits")
                .forEach(edit -> sums.add(edit.path("from").asString("")));
        return sums;
    }

    private static JsonNode living(ObjectNode manifest) {
        return manifest.path("provenance").path(FIELD);
    }

    ObjectNode toJson() {
        ObjectNode json =
                manifest.path("provenance") instanceof ObjectNode object ? object.deepCopy() : manifest.objectNode();
        ObjectNode living = json.path(FIELD) instanceof ObjectNode object ? object : json.putObject(FIELD);
        living.put("sequence", sequence);
        ArrayNode edits = living.path("edits") instanceof ArrayNode array ? array : living.putArray("edits");
        ObjectNode edit = edits.addObject();
        edit.put("libraryVersion", LibraryVersion.text());
        edit.put("from", from);
        edit.put("added", changes.added());
        edit.put("renamed", changes.renamed());
        edit.put("retired", changes.retired());
        edit.put("merged", changes.merged());
        edit.put("examples", changes.examples());
        edit.put("feedback", changes.feedback());
        ObjectNode gone = living.putObject("retired");
        retired.forEach((id, label) -> {
            ObjectNode entry = gone.putObject(id);
            entry.put("name", label.name());
            if (!label.into().isEmpty()) {
                entry.put("into", label.into());
            }
        });
        return json;
    }
}
