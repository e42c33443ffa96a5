package dev.longtail.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of the command in this process, with streams that are no terminal.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
record Ran(int code, String out, String err) {

    static Ran of(String... arguments) {
        return with(new byte[0], arguments);
    }

    static Ran with(byte[] input, String... arguments) {
        return with(new ByteArrayInputStream(input), arguments);
    }

    static Ran with(String input, String... arguments) {
        return with(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static Ran with(InputStream input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(Console.of(input, out, err), arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as one JSON value, and nothing else. */
    JsonNode json() {
        return json(out);
    }

    static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
