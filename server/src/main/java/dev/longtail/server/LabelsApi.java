package dev.longtail.server;

import dev.longtail.format.LabelChanges;
import dev.longtail.living.EditList;
import dev.longtail.living.LabelEdit;
import dev.longtail.living.LabelEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of the labels of a model that is served. */
final class LabelsApi {

    private final Suggester suggester;
    private final ModelChanges changes;

    LabelsApi(Suggester suggester) {
        this.suggester = suggester;
        this.changes = new ModelChanges(suggester.models());
    }

    List<Route> routes() {
        return List.of(Route.guardedPost("/v1/models/{name}/labels", this::edit));
    }

    private Reply edit(Call call) throws IOException {
        String name = suggester.name(call, "name");
        EditList edits = EditList.of("edits", edits(call.json().path("edits")));
        LabelEditor.EditedModel edited = changes.make(name, model -> model.edit(edits));
        LabelChanges done = edited.changes();
        ObjectNode json = Json.object();
        json.put("model", name);
        json.put("labels", edited.model().labels().size());
        json.put("added", done.added());
        json.put("renamed", done.renamed());
        json.put("retired", done.retired());
        json.put("merged", done.merged());
        ArrayNode unlearned = json.putArray("unlearned");
        edited.unlearned().forEach(unlearned::add);
        return Reply.of(json);
    }

    private List<LabelEdit> edits(JsonNode list) {
        if (!list.isArray() || list.isEmpty()) {
            throw Problem.wrong("invalid-change", "edits must be an array of at least one change");
        }
        List<LabelEdit> edits = new ArrayList<>();
        for (JsonNode entry : list) {
            if (!(entry instanceof ObjectNode object)) {
                throw Problem.wrong("invalid-change", "edits[" + edits.size() + "] must be an object");
            }
            LabelEdit edit;
            try {
                edit = EditList.edit(object);
            } catch (IllegalArgumentException e) {
                throw Problem.wrong("invalid-change", "edits[" + edits.size() + "]: " + e.getMessage());
            }
            if (edit instanceof LabelEdit.Add add && !add.examples().isEmpty()) {
                suggester.check(add.examples());
            }
            edits.add(edit);
        }
        return edits;
    }
}
