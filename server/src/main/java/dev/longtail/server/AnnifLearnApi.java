package dev.longtail.server;

import dev.longtail.data.LabelSet;
import dev.longtail.living.Feedback;
import dev.longtail.living.IdForm;
import dev.longtail.living.LivingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The part of Annif's REST API by which a project learns from documents that people have indexed. Their subjects are
 * accepted; nothing is rejected. As in Annif, subjects that the model does not know are passed over, and so are
 * documents without any other.
 */
final class AnnifLearnApi {

    private final Suggester suggester;
    private final ModelChanges changes;

    AnnifLearnApi(Suggester suggester) {
        this.suggester = suggester;
        this.changes = new ModelChanges(suggester.models());
    }

    List<Route> routes() {
        return List.of(Route.guardedPost("/v1/projects/{id}/learn", this::learn));
    }

    /** A document with the subjects that it has. */
    private record Indexed(String text, List<String> uris) {}

    private Reply learn(Call call) throws IOException {
        String name = suggester.name(call, "id");
        List<Indexed> documents = documents(call.jsonArray());
        suggester.check(documents.stream().map(Indexed::text).toList());
        changes.make(name, model -> model.give(feedback(documents, model)));
        return Reply.nothing();
    }

    private static List<Indexed> documents(ArrayNode list) {
        List<Indexed> documents = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode document = list.get(i);
            String where = "[" + i + "]";
            List<String> uris = new ArrayList<>();
            for (JsonNode subject : document.path("subjects")) {
                uris.add(Suggester.text(subject.get("uri"), where + ".subjects.uri"));
            }
            documents.add(new Indexed(Suggester.text(document.get("text"), where + ".text"), uris));
        }
        return documents;
    }

    private static List<Feedback> feedback(List<Indexed> documents, LivingModel model) {
        LabelSet labels = model.model().labels();
        IdForm form = IdForm.of(labels);
        List<Feedback> feedback = new ArrayList<>();
        for (Indexed document : documents) {
            Set<String> known = new LinkedHashSet<>();
            for (String uri : document.uris) {
                if (labels.indexOf(form.of(uri)) >= 0) {
                    known.add(form.of(uri));
                }
            }
            if (!known.isEmpty() && !document.text.isBlank()) {
                feedback.add(new Feedback(document.text, List.copyOf(known), List.of()));
            }
        }
        return feedback;
    }
}
