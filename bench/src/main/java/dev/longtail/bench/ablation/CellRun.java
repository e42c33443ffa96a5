package dev.longtail.bench.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One training and one evaluation.
 *
 * @param cell     what is set
 * @param data     as given, a folder or {@code synthetic:LABELS}
 * @param examples training examples at most, 0 for all
 * @param epochs   all of them are made
 * @param seed     of the run
 * @param whole    whether the test part is evaluated, not the validation part
 */
public record CellRun(Cell cell, String data, int examples, int epochs, long seed, boolean whole) {

    /** What cells start from: the embedding arm alone. */
    private static final String SETTINGS = "examples/settings/embedding-arm.properties";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a result is found by: all that the outcome depends on but the program itself. */
    public String key() {
        Map<String, String> sorted = new TreeMap<>(cell.settings());
        return DataSets.name(data()) + " examples=" + (examples == 0 ? "all" : "" + examples) + " epochs=" + epochs
                + " seed=" + seed + " part=" + part() + " " + sorted;
    }

    /** The data set: the cell's own or the grid's. */
    @Override
    public String data() {
        return cell.data().isEmpty() ? data : cell.data();
    }

    private String part() {
        return whole ? "test" : "validation";
    }

    /** The words of the training's command. */
    List<String> train(DataSet set, Path model, Path log) {
        List<String> words = new ArrayList<>(
                List.of("./longtail", "train", "--train", set.train().toString(), "--config", SETTINGS));
        words.addAll(List.of("--validate", set.validate().toString()));
        Path labels = set.labels();
        if (labels != null) {
            words.addAll(List.of("--labels", labels.toString()));
        }
        words.addAll(List.of("--model", model.toString(), "--log", log.toString(), "--overwrite", "--json"));
        words.addAll(List.of("--seed", "" + seed, "--max-epochs", "" + epochs, "--set", "train.patience=" + epochs));
        cell.settings().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
        return words;
    }

    /**
     * Runs both and returns the result.
     *
     * @param grid    name of the grid
     * @param program where the numbers come from, as {@link #program} tells
     * @param scratch folder for model and log
     */
    public ObjectNode run(String grid, ObjectNode program, DataSets sets, Path scratch)
            throws IOException, InterruptedException {
        DataSet set = sets.of(data(), examples);
        Path model = scratch.resolve("model");
        Path log = scratch.resolve("run.jsonl");
        List<String> command = train(set, model, log);
        ObjectNode result = describe(JSON.createObjectNode(), grid);
        result.setAll(program);
        result.set("train", JSON.readTree(Command.run(command)));
        String part = (whole ? set.test() : set.validate()).toString();
        result.set(
                "evaluate",
                JSON.readTree(Command.run(List.of(
                        "./longtail",
                        "evaluate",
                        "--model",
                        model.toString(),
                        "--test",
                        part,
                        "--bootstrap",
                        "0",
                        "--json"))));
        result.set("log", LogSummary.of(Files.readAllLines(log)));
        return result;
    }

    /**
     * What runs: the commit, and kernels and Java of the command, which is built when it is older than its sources.
     *
     * @param commit that is checked out
     */
    public static ObjectNode program(String commit) throws IOException, InterruptedException {
        JsonNode info = JSON.readTree(Command.run(List.of("./longtail", "info", "--json")));
        ObjectNode program = JSON.createObjectNode();
        program.put("commit", commit);
        program.put("kernels", info.path("kernels").asString(""));
        program.put("java", info.path("java").asString(""));
        return program;
    }

    /** Puts everything that was known before the run into a result. */
    public ObjectNode describe(ObjectNode result, String grid) {
        result.put("key", key());
        result.put("grid", grid);
        result.put("cell", cell.name());
        ObjectNode headings = result.putObject("headings");
        cell.headings().forEach(headings::put);
        result.put("data", DataSets.name(data()));
        result.put("examples", examples);
        result.put("epochs", epochs);
        result.put("seed", seed);
        result.put("part", part());
        ObjectNode settings = result.putObject("settings");
        cell.settings().forEach(settings::put);
        return result;
    }
}
