package dev.longtail.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** {@code ./longtail serve} with one model, as a user starts it, until it is closed. */
public final class ServerProcess implements AutoCloseable {

    /** Name that the model is served under. */
    public static final String MODEL = "model";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "a-token-for-this-run-alone";
    private static final int PATIENCE_SECONDS = 30;

    /** Linux counts the time of processes in hundredths of a second, whatever the kernel's own clock. */
    private static final double TICKS = 100;

    // Places behind the program's name in /proc/PID/stat, see proc(5).
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private final Process process;
    private final URI address;
    private final double startSeconds;

    private ServerProcess(Process process, URI address, double startSeconds) {
        this.process = process;
        this.address = address;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts a server and waits until it says that it is ready.
     *
     * @param model folder of a label model
     * @throws IOException when it ends, or is not ready after it has told its address
     */
    public static ServerProcess start(Path model) throws IOException {
        return start(model, "");
    }

    /**
     * The same with arguments of the Java machine.
     *
     * @param java as they stand in LONGTAIL_JAVA_OPTIONS
     * @throws IOException as the other
     */
    public static ServerProcess start(Path model, String java) throws IOException {
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "./longtail",
                        "serve",
                        "--model",
                        MODEL + "=" + model,
                        "--port",
                        "0",
                        "--json",
                        "--no-request-log"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LONGTAIL_TOKEN", TOKEN);
        builder.environment().put("LONGTAIL_JAVA_OPTIONS", java);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "server-end"));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("./longtail serve has ended; try it by hand on " + model);
        }
        JsonNode told = JSON.readTree(line);
        URI address = URI.create(told.path("address").asString());
        int status = status(address.resolve("/health/ready"), "GET");
        if (status != 200) {
            process.destroy();
            throw new IOException("the server is not ready, it answers " + status);
        }
        return new ServerProcess(process, address, (System.nanoTime() - start) / 1e9);
    }

    private static int status(URI uri, String method) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + TOKEN);
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }

    /** Seconds from the start of the process to the answer that it is ready. */
    public double startSeconds() {
        return startSeconds;
    }

    /** Where one text is asked for. */
    public URI suggest() {
        return address.resolve("/v1/models/" + MODEL + "/suggest");
    }

    /** Exchanges the model for one that is read anew, and returns the status of the answer. */
    public int reload() throws IOException {
        return status(address.resolve("/v1/models/" + MODEL + "/reload"), "POST");
    }

    /** Memory that the process has in the machine now, bytes. */
    public long residentBytes() throws IOException {
        return bytes("VmRSS:");
    }

    /** Largest memory that the process has had in the machine, bytes. */
    public long peakBytes() throws IOException {
        return bytes("VmHWM:");
    }

    private long bytes(String field) throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith(field)) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("memory of other processes is known on Linux only");
    }

    /** Processor time of the process, all threads together. */
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Asks the server to end, as an operator does, and waits for it. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server did not end in " + PATIENCE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
