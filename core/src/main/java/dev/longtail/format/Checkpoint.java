package dev.longtail.format;

import dev.longtail.train.Checkpoints.Moment;
import dev.longtail.train.Checkpoints.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a training run at one moment, as a folder of the same container as a model, with a task of its own.
 * Every file of it has passed its checks.
 *
 * @param folder the files
 * @param number that its name has; later ones have larger numbers
 */
public record Checkpoint(ModelFolder folder, int number) {

    static final String TASK = "checkpoint";
    static final String STAGE = "stage";
    static final String DONE = "done";
    static final String SETTINGS = "settings";
    static final String ORIGIN = "origin";

    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{6})");
    private static final int NAMED_DIFFERENCES = 3;

    /**
     * What was found in a folder of checkpoints.
     *
     * @param newest the newest one that is whole; empty when none is
     * @param damaged what is wrong with newer ones, a sentence each
     */
    public record Found(Optional<Checkpoint> newest, List<String> damaged) {

        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "checkpoint-%06d", number);
    }

    /** Numbers of the checkpoints in a folder, whole or not, newest first; none where there is no such folder. */
    static List<Integer> numbers(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        for (Path path : Siblings.list(root)) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (name.matches()) {
                numbers.add(Integer.parseInt(name.group(1)));
            }
        }
        numbers.sort(Comparator.reverseOrder());
        return numbers;
    }

    /** Whether a folder holds checkpoints, whole or not. */
    public static boolean anyIn(Path root) throws IOException {
        return !numbers(root).isEmpty();
    }

    /** Looks for the newest checkpoint that is byte for byte as it was written. */
    public static Found find(Path root) throws IOException {
        List<String> damaged = new ArrayList<>();
        for (int number : numbers(root)) {
            try {
                ModelFolder folder = ModelFolder.open(root.resolve(name(number)));
                Checkpoint found = new Checkpoint(folder, number);
                if (found.isOne()) {
                    return new Found(Optional.of(found), damaged);
                }
                damaged.add(folder.path() + ": is no checkpoint of a training run");
            } catch (ModelFormatException e) {
                damaged.add(String.valueOf(e.getMessage()));
            }
        }
        return new Found(Optional.empty(), damaged);
    }

    private boolean isOne() {
        ObjectNode fields = folder.manifest();
        return fields.path("task").asString("").equals(TASK)
                && fields.path(SETTINGS).isObject()
                && fields.path(ORIGIN).isObject()
                && fields.path(STAGE).asInt(-1) >= 0
                && fields.path(STAGE).asInt(-1) < Stage.values().length;
    }

    /** When in the run it was written. */
    public Moment moment() {
        ObjectNode fields = folder.manifest();
        return new Moment(
                Stage.values()[fields.path(STAGE).asInt(0)], fields.path(DONE).asInt(0));
    }

    /** Settings of the run, as in the manifest of a model. */
    public ObjectNode settings() {
        return (ObjectNode) folder.manifest().path(SETTINGS);
    }

    /**
     * Checks that a run is the one that was kept.
     *
     * @param asked what the result of the run depends on, by name; other things that were kept are not looked at
     * @throws IllegalArgumentException when something differs; the message names it
     */
    public void requireSame(Map<String, String> asked) {
        ObjectNode kept = (ObjectNode) folder.manifest().path(ORIGIN);
        List<String> differences = new ArrayList<>();
        asked.forEach((name, value) -> {
            String before = kept.path(name).asString("not there");
            if (!before.equals(value)) {
                differences.add(name + " was " + before + " and is " + value);
            }
        });
        if (!differences.isEmpty()) {
            int named = Math.min(NAMED_DIFFERENCES, differences.size());
            String more = differences.size() > named ? ", and " + (differences.size() - named) + " more" : "";
            throw new IllegalArgumentException(
                    folder.path() + " is of another run: " + String.join(", ", differences.subList(0, named)) + more);
        }
    }
}
