package dev.longtail.living;

import dev.longtail.config.InputException;
import dev.longtail.data.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of labels that are made together or not at all, in their order. In a file each is a JSON object on a line of
 * its own:
 *
 * <pre>
 *   {"add": "id", "name": "...", "examples": ["...", "..."], "revive": true}
 *   {"rename": "id", "name": "..."}
 *   {"retire": "id"}
 *   {"merge": "id", "into": "id"}
 * </pre>
 *
 * @param source where the changes come from, for messages
 * @param lines line of each change, empty where there are none
 */
public record EditList(String source, List<LabelEdit> edits, List<Long> lines) {

    public EditList {
        edits = List.copyOf(edits);
        lines = List.copyOf(lines);
    }

    /** Changes that stand in no file. */
    public static EditList of(String source, List<LabelEdit> edits) {
        return new EditList(source, edits, List.of());
    }

    /**
     * Reads a file, plain or gzip; empty lines are passed over.
     *
     * @throws InputException at the first line that is no change
     */
    public static EditList read(Path file) throws IOException {
        List<LabelEdit> edits = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        try (LineReader lines = LineReader.open(file)) {
            @Nullable String line;
            while ((line = lines.next()) != null) {
                if (!line.isBlank()) {
                    edits.add(edit(line, lines));
                    numbers.add(lines.line());
                }
            }
            return new EditList(lines.source(), edits, numbers);
        }
    }

    private static LabelEdit edit(String line, LineReader lines) {
        try {
            return edit(JsonLines.parse(line));
        } catch (IllegalArgumentException e) {
            throw lines.wrong(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The change that a JSON object describes.
     *
     * @throws IllegalArgumentException when it describes none
     */
    public static LabelEdit edit(ObjectNode json) {
        if (json.has("add")) {
            JsonLines.requireOnly(json, Set.of("add", "name", "examples", "revive"));
            JsonNode revive = json.path("revive");
            if (!revive.isMissingNode() && !revive.isBoolean()) {
                throw new IllegalArgumentException("revive must be true or false");
            }
            return new LabelEdit.Add(
                    JsonLines.text(json, "add"),
                    json.has("name") ? JsonLines.text(json, "name") : "",
                    JsonLines.texts(json, "examples"),
                    revive.asBoolean(false));
        } else if (json.has("rename")) {
            JsonLines.requireOnly(json, Set.of("rename", "name"));
            return new LabelEdit.Rename(JsonLines.text(json, "rename"), JsonLines.text(json, "name"));
        } else if (json.has("retire")) {
            JsonLines.requireOnly(json, Set.of("retire"));
            return new LabelEdit.Retire(JsonLines.text(json, "retire"));
        } else if (json.has("merge")) {
            JsonLines.requireOnly(json, Set.of("merge", "into"));
            return new LabelEdit.Merge(JsonLines.text(json, "merge"), JsonLines.text(json, "into"));
        }
        throw new IllegalArgumentException("a change has one of the members add, rename, retire and merge");
    }

    /** What is wrong with a change. @param number of the change, from 0 */
    InputException wrong(int number, String reason) {
        return new InputException(source, number < lines.size() ? lines.get(number) : 0, reason);
    }
}
