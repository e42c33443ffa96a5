package dev.longtail.server;

import dev.longtail.format.LibraryVersion;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What this server can do and allows, for pages and programs that adapt to it. */
final class FunctionsApi {

    private final ServerConfig config;
    private final List<Route> routes;
    private final boolean token;
    private final ReportFiles reports;

    /**
     * @param routes all of the server, complete when a request is answered
     * @param token whether the server has one
     */
    FunctionsApi(ServerConfig config, List<Route> routes, boolean token, ReportFiles reports) {
        this.config = config;
        this.routes = routes;
        this.token = token;
        this.reports = reports;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/service", call -> service()));
    }

    private Reply service() {
        ObjectNode json = Json.object();
        json.put("version", LibraryVersion.text());
        ObjectNode functions = json.putObject("functions");
        functions.put("feedback", has("POST /v1/models/{name}/feedback"));
        functions.put("undoFeedback", has("POST /v1/models/{name}/feedback/undo"));
        json.put("token", token);
        ObjectNode limits = json.putObject("limits");
        limits.put("maxTextLength", config.maxTextLength());
        limits.put("defaultLimit", config.defaultLimit());
        limits.put("maxLimit", config.maxLimit());
        ArrayNode names = json.putArray("reports");
        reports.names().forEach(names::add);
        return Reply.of(json);
    }

    private boolean has(String route) {
        return routes.stream().anyMatch(one -> one.name().equals(route));
    }
}
