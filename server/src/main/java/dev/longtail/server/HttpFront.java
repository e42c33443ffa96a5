package dev.longtail.server;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes as Javalin has them: token, answer, errors, and whom to tell. */
final class HttpFront {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String VISIT = "longtail.visit";
    private static final String JSON = "application/json";

    private final ServerConfig config;
    private final List<Route> routes;
    private final Optional<BearerToken> token;
    private final RequestListener listener;

    HttpFront(ServerConfig config, List<Route> routes, Optional<BearerToken> token, RequestListener listener) {
        this.config = config;
        this.routes = List.copyOf(routes);
        this.token = token;
        this.listener = listener;
    }

    void configure(JavalinConfig javalin) {
        javalin.http.prefer405over404 = true;
        javalin.http.compressionStrategy =
                CompressionStrategy.NONE; // answers are short, and processors are what is scarce
        javalin.routes.before(this::begin);
        for (Route route : routes) {
            if (route.method().equals("GET")) {
                javalin.routes.get(route.path(), context -> answer(route, context));
            } else {
                javalin.routes.post(route.path(), context -> answer(route, context));
            }
        }
        javalin.routes.exception(Problem.class, HttpFront::problem);
        javalin.routes.exception(HttpResponseException.class, HttpFront::refused);
        javalin.routes.exception(Exception.class, HttpFront::failed);
        javalin.routes.after(this::end);
    }

    private void begin(Context context) {
        Visit visit = new Visit(RequestId.of(context.header(RequestId.HEADER)), context.path());
        context.attribute(VISIT, visit);
        context.header(RequestId.HEADER, visit.id());
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Cache-Control", "no-store");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private void answer(Route route, Context context) throws IOException {
        Visit visit = visit(context);
        visit.route(route);
        if (route.guarded()) {
            authorize(context);
        }
        Reply reply;
        try {
            reply = route.action().answer(new Call(context, config));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "shutting-down", "the server is shutting down");
        }
        visit.reply(reply);
        reply.headers().forEach(context::header);
        context.status(reply.status()).contentType(reply.type()).result(reply.body());
    }

    private void authorize(Context context) {
        if (token.isEmpty()) {
            throw Problem.of(
                    403, "no-token-configured", "this changes something and needs a token, and the server has none");
        }
        if (!token.get().isShownBy(context.header("Authorization"))) {
            throw Problem.of(401, "wrong-token", "this changes something and needs the header Authorization: Bearer")
                    .with("WWW-Authenticate", "Bearer");
        }
    }

    private static void problem(Problem problem, Context context) {
        if (problem.header() != null) {
            context.header(problem.header(), problem.headerValue());
        }
        error(context, problem.status(), problem.code(), String.valueOf(problem.getMessage()));
    }

    /** What Javalin refuses before a route has it. */
    private static void refused(HttpResponseException refusal, Context context) {
        int status = refusal.getStatus();
        switch (status) {
            case 404 -> error(context, status, "not-found", "there is nothing here; /openapi.yaml says what there is");
            case 405 -> {
                Map<String, String> details = refusal.getDetails();
                context.header("Allow", details.getOrDefault("availableMethods", ""));
                error(context, status, "method-not-allowed", "this is not a method of this address");
            }
            default -> error(context, status, "refused", "the request cannot be answered");
        }
    }

    private static void failed(Exception failure, Context context) {
        LOG.error("request {} failed", visit(context).id(), failure);
        error(context, 500, "internal", "the server failed; its log says why, under the id of this request");
    }

    private static void error(Context context, int status, String code, String message) {
        Visit visit = visit(context);
        visit.error(code);
        context.status(status).contentType(JSON).result(ErrorBody.of(context.path(), code, message, visit.id()));
    }

    private void end(Context context) {
        listener.answered(visit(context).answered(context.statusCode()));
    }

    private static Visit visit(Context context) {
        Visit visit = context.attribute(VISIT);
        if (visit == null) {
            throw new IllegalStateException("a request was not begun");
        }
        return visit;
    }
}
