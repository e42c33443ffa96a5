package dev.longtail.server;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A request as the APIs see it: what is in it, read within the limits. */
final class Call {

    private final Context context;
    private final ServerConfig config;

    Call(Context context, ServerConfig config) {
        this.context = context;
        this.config = config;
    }

    /** A part of the path. */
    String parameter(String name) {
        return context.pathParam(name);
    }

    /** A parameter behind the question mark. */
    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    /** A header, empty when the request has it not. */
    String header(String name) {
        return Optional.ofNullable(context.header(name)).orElse("");
    }

    /** The body as a JSON object. */
    ObjectNode json() throws IOException {
        requireType("application/json");
        return Json.parse(utf8(body()));
    }

    /** The body as a JSON array. */
    ArrayNode jsonArray() throws IOException {
        requireType("application/json");
        return Json.parseArray(utf8(body()));
    }

    /** The body as a form. */
    Form form() throws IOException {
        requireType("application/x-www-form-urlencoded");
        return Form.parse(utf8(body()));
    }

    private void requireType(String type) {
        String[] given = Optional.ofNullable(context.header("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";");
        boolean utf8 = true;
        for (int i = 1; i < given.length; i++) {
            String parameter = given[i].strip().replace("\"", "");
            utf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (given.length == 0 || !given[0].strip().equals(type) || !utf8) {
            throw Problem.of(415, "unsupported-media-type", "the body must be " + type + " in UTF-8");
        }
    }

    private byte[] body() throws IOException {
        long most = config.maxBodyBytes();
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        long start = System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = context.req().getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > most) {
                throw tooLarge(most);
            }
            // The connection's own time-out starts anew with every byte that drips in.
            if (System.nanoTime() - start > config.timeout().toNanos()) {
                throw Problem.of(408, "body-too-slow", "the body did not arrive in the time that a request may take");
            }
        }
        return body.toByteArray();
    }

    private static Problem tooLarge(long most) {
        return Problem.tooLarge("body-too-large", "the body may have at most " + most + " bytes");
    }

    /** The text that bytes are in UTF-8; wrong bytes are refused and never replaced. */
    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.wrong("invalid-utf8", "the text is not UTF-8");
        }
    }
}
