package dev.longtail.server;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request that was answered; texts are never part of it.
 *
 * @param id of the request, as the answer has it in X-Request-Id
 * @param route method and path with the names of its parts, {@code unmatched} when there is none
 * @param path as it was asked for, at most 200 characters of it
 * @param seconds from the first byte that was seen to the answer being made
 * @param model that answered, empty where none was asked
 * @param texts that it was asked about
 * @param suggestions in the answer
 * @param error code of the error that was answered, empty for none
 */
public record AnsweredRequest(
        String id,
        String route,
        String path,
        int status,
        double seconds,
        String model,
        int texts,
        int suggestions,
        String error) {

    /** One line of JSON, fields that say nothing left out. */
    public String json() {
        ObjectNode json = Json.object();
        json.put("requestId", id);
        json.put("route", route);
        json.put("path", path);
        json.put("status", status);
        json.put("seconds", Math.round(seconds * 1e6) / 1e6);
        if (!model.isEmpty()) {
            json.put("model", model);
            json.put("texts", texts);
            json.put("suggestions", suggestions);
        }
        if (!error.isEmpty()) {
            json.put("error", error);
        }
        return json.toString();
    }
}
