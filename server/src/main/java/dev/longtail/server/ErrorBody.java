package dev.longtail.server;

import tools.jackson.databind.node.ObjectNode;

/** Errors as they are answered. */
final class ErrorBody {

    private ErrorBody() {}

    /**
     * {@code {"error":{"code","message","requestId"}}}; under {@code /v2} the error is the message itself, as the Open
     * Inference Protocol has it, and code and id stand beside it.
     */
    static byte[] of(String path, String code, String message, String requestId) {
        ObjectNode json = Json.object();
        ObjectNode details = json;
        if (path.startsWith("/v2")) {
            json.put("error", message);
        } else {
            details = json.putObject("error");
            details.put("message", message);
        }
        details.put("code", code);
        details.put("requestId", requestId);
        return Json.bytes(json);
    }
}
