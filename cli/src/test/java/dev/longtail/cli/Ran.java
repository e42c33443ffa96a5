package dev.longtail.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** A run that is interrupted, as Ctrl-C does, once it has said something on standard error. */
    static Ran interruptedAfter(String said, String... arguments) throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
        AtomicInteger code = new AtomicInteger(-1);
        Thread run = new Thread(() -> code.set(Main.run(console, arguments)));
        run.start();
        while (run.isAlive() && !err.toString(StandardCharsets.UTF_8).contains(said)) {
            Thread.sleep(1);
        }
        run.interrupt();
        run.join();
        return new Ran(code.get(), "", err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as one JSON value, and nothing else. */
    JsonNode json() {
        return json(out);
    }

    static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
