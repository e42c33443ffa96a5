package dev.longtail.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors of requests that never reach a route: no HTTP, ambiguous paths, too long headers, a server that is ending. */
final class JettyErrors extends ErrorHandler {

    private final RequestListener listener;

    JettyErrors(RequestListener listener) {
        this.listener = listener;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String path = request.getHttpURI() == null
                ? ""
                : String.valueOf(request.getHttpURI().getPath());
        Visit visit = new Visit(RequestId.of(request.getHeaders().get(RequestId.HEADER)), path);
        String code = switch (status) {
            case 400 -> "bad-request";
            case 414, 431 -> "headers-too-large";
            case 503 -> "shutting-down";
            default -> "refused";
        };
        String message = status == 503 ? "the server is shutting down" : "the request is not one that HTTP allows here";
        visit.error(code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(RequestId.HEADER, visit.id());
        if (status == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        listener.answered(visit.answered(status));
        response.write(true, ByteBuffer.wrap(ErrorBody.of(path, code, message, visit.id())), callback);
        return true;
    }
}
