package dev.longtail.bench.ablation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command as a process of its own; its messages go to our standard error. */
final class Command {

    private Command() {}

    /**
     * Runs it to its end and returns its standard output.
     *
     * @throws IOException when it fails
     */
    static String run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread end = new Thread(process::destroy, "ablation-end");
        Runtime.getRuntime().addShutdownHook(end); // a grid that is stopped leaves no run behind
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        if (code != 0) {
            throw new IOException(String.join(" ", words) + " ended with exit code " + code);
        }
        return out;
    }
}
