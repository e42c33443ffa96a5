package dev.longtail.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Runs of {@code ./longtail} in processes of their own, so that their peak memory is theirs alone. */
final class BenchProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchProcess() {}

    /** The object that {@code ./longtail bench --json} writes with these arguments. */
    static JsonNode run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./longtail", "bench", "--json"));
        command.addAll(arguments);
        System.err.println(String.join(" ", command));
        return json(command);
    }

    /** The object that a command writes on its standard output. */
    static JsonNode json(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with exit code " + code);
        }
        return JSON.readTree(out);
    }
}
