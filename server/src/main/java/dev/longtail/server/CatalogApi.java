package dev.longtail.server;

import dev.longtail.report.AnchorGroup;
import dev.longtail.report.AnchorObjects;
import dev.longtail.server.serving.AnchorEnd;
import dev.longtail.server.serving.LabelCatalog;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model knows, to be looked through: its labels, and the anchors of its tables. */
final class CatalogApi {

    private static final int LONGEST_QUERY = 200;
    private static final int USUAL_OBJECTS = 10;

    private final Suggester suggester;

    CatalogApi(Suggester suggester) {
        this.suggester = suggester;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/models/{name}/labels", this::labels),
                Route.get("/v1/models/{name}/anchors", this::anchors));
    }

    private Reply labels(Call call) throws InterruptedException {
        String name = suggester.name(call, "name");
        String words = call.query("query").orElse("");
        if (words.length() > LONGEST_QUERY) {
            throw Problem.wrong("invalid-query", "query may have at most " + LONGEST_QUERY + " characters");
        }
        int offset = Suggester.offset(call.query("offset").orElse(null));
        int limit = suggester.limit(call.query("limit").orElse(null));
        LabelCatalog.Query query = new LabelCatalog.Query(words, offset, limit);
        LabelCatalog.Page page = suggester.ask((pool, most) -> pool.labels(name, query, most));
        ObjectNode json = Json.object();
        json.put("model", name);
        json.put("total", page.total());
        ArrayNode labels = json.putArray("labels");
        for (LabelCatalog.Entry entry : page.labels()) {
            labels.addObject()
                    .put("id", entry.id())
                    .put("name", entry.name())
                    .put("trainExamples", entry.trainExamples());
        }
        return Reply.of(json);
    }

    private Reply anchors(Call call) throws InterruptedException {
        String name = suggester.name(call, "name");
        int offset = Suggester.offset(call.query("offset").orElse(null));
        int limit = suggester.limit(call.query("limit").orElse(null));
        int objects = objects(call.query("objects").orElse(Integer.toString(USUAL_OBJECTS)));
        ObjectNode json = Json.object();
        json.put("model", name);
        ArrayNode tables = json.putArray("tables");
        for (AnchorEnd end : suggester.ask((pool, most) -> pool.anchors(name, most))) {
            ObjectNode table = tables.addObject();
            table.put("end", end.end());
            table.put("kind", end.objects().kind());
            table.put("objects", end.sizes().objects());
            table.put("dimension", end.sizes().dimension());
            table.put("anchors", end.sizes().anchors());
            table.put("links", end.sizes().links());
            ArrayNode groups = table.putArray("groups");
            end.groups().stream()
                    .skip(offset)
                    .limit(limit)
                    .forEach(group -> put(group, end.objects(), objects, groups.addObject()));
        }
        return Reply.of(json);
    }

    private static int objects(String given) {
        if (!given.matches("[0-9]{1,2}")
                || Integer.parseInt(given) < 1
                || Integer.parseInt(given) > AnchorEnd.MOST_OBJECTS) {
            throw Problem.wrong("invalid-objects", "objects must be an integer from 1 to " + AnchorEnd.MOST_OBJECTS);
        }
        return Integer.parseInt(given);
    }

    private static void put(AnchorGroup group, AnchorObjects objects, int most, ObjectNode json) {
        json.put("anchor", group.anchor());
        if (group.object() != AnchorGroup.NO_OBJECT) {
            json.put("is", objects.name().apply(group.object()));
        }
        json.put("linked", group.linked());
        json.put("strongest", group.strongest());
        ArrayNode members = json.putArray("objects");
        for (AnchorGroup.Member member :
                group.members().subList(0, Math.min(most, group.members().size()))) {
            ObjectNode entry = members.addObject();
            entry.put("name", objects.name().apply(member.object()));
            entry.put("weight", member.weight());
            entry.put("share", member.share());
        }
    }
}
