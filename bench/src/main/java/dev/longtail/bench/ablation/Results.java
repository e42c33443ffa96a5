package dev.longtail.bench.ablation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results of a grid on a data set: a file of one JSON object a line, to which each finished run is added at once,
 * so that a grid that was interrupted goes on where it stopped.
 */
public final class Results {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final String data;
    private final Path file;

    /**
     * @param folder of all results
     * @param data   name of the data set
     * @param grid   name of the grid
     */
    public Results(Path folder, String data, String grid) {
        this.folder = folder;
        this.data = data;
        this.file = folder.resolve(prefix(data) + grid + ".jsonl");
    }

    private static String prefix(String data) {
        return "ablation-" + data + "-";
    }

    /** All results of the grid. */
    public List<Result> all() throws IOException {
        return Files.exists(file) ? read(file) : List.of();
    }

    /** Whether a run is done. */
    public boolean has(CellRun run) throws IOException {
        return all().stream().anyMatch(result -> result.text("key").equals(run.key()));
    }

    /** The result of the same run in another grid on the same data. */
    public Optional<ObjectNode> twin(CellRun run) throws IOException {
        for (Path other : files(folder, data)) {
            for (Result result : read(other)) {
                if (result.text("key").equals(run.key())) {
                    return Optional.of((ObjectNode) result.json());
                }
            }
        }
        return Optional.empty();
    }

    /** Adds the result of a run. */
    public void add(ObjectNode result) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                file,
                JSON.writeValueAsString(result) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The files of all grids on a data set. */
    static List<Path> files(Path folder, String data) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isOf(file.getFileName().toString(), data))
                    .sorted()
                    .toList();
        }
    }

    // Names of data sets may start with one another.
    private static boolean isOf(String name, String data) {
        return name.startsWith(prefix(data))
                && Grids.all().stream().anyMatch(grid -> name.equals(prefix(data) + grid.name() + ".jsonl"));
    }

    /**
     * Reads a file of results. A last line without its end is a run that was killed while its result was written; it is
     * taken away, and the run counts as not done.
     */
    static List<Result> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            text = text.substring(0, end);
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }
        List<Result> results = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                JsonNode json = JSON.readTree(line);
                results.add(new Result(json));
            } catch (JacksonException e) {
                throw new IOException(
                        file + ", line " + (results.size() + 1) + " is no JSON: " + e.getOriginalMessage(), e);
            }
        }
        return results;
    }
}
