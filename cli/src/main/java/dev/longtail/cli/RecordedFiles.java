package dev.longtail.cli;

import dev.longtail.data.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The files that a model was trained from, as its provenance names them, and where they are now. */
final class RecordedFiles {

    private final @Nullable Path from;

    /** @param from folder that holds them now, null where they are where they were */
    RecordedFiles(@Nullable Path from) {
        this.from = from;
    }

    /** What became of a file. */
    enum Standing {
        SAME,
        CHANGED,
        MISSING
    }

    /**
     * A file that was read for training.
     *
     * @param recorded what it was then
     * @param place where it was looked for now
     * @param sha256 of what is there now, null where nothing is
     */
    record State(SourceFile recorded, Path place, @Nullable String sha256) {

        Standing standing() {
            if (sha256 == null) {
                return Standing.MISSING;
            }
            return sha256.equals(recorded.sha256()) ? Standing.SAME : Standing.CHANGED;
        }
    }

    /** Compares all files that a manifest names with what they are now. */
    List<State> states(ObjectNode manifest) throws IOException {
        List<State> states = new ArrayList<>();
        for (JsonNode file : manifest.path("provenance").path("files")) {
            SourceFile recorded = new SourceFile(
                    file.path("name").asString(""),
                    file.path("bytes").asLong(0),
                    file.path("sha256").asString(""));
            Path place = place(recorded.name());
            states.add(new State(
                    recorded,
                    place,
                    Files.isRegularFile(place) ? SourceFile.of(place).sha256() : null));
        }
        return states;
    }

    /**
     * Where a file or folder is now: at its old place, or in the folder, by its name or by the last parts of its path.
     *
     * @param recorded path as it was given to train
     */
    Path place(String recorded) {
        try {
            Path old = Path.of(recorded);
            return from == null ? old : in(from, old);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    "the model was trained from '" + Texts.printable(recorded)
                            + "', which is no path here; give --data-from DIR",
                    e);
        }
    }

    /** The longest end of the path that is there; parts that lead upwards are not followed. */
    private static Path in(Path folder, Path old) {
        List<String> names = IntStream.range(0, old.getNameCount())
                .mapToObj(part -> old.getName(part).toString())
                .filter(name -> !name.equals("..") && !name.equals("."))
                .toList();
        for (int first = 0; first < names.size(); first++) {
            Path place = folder.resolve(String.join("/", names.subList(first, names.size())));
            if (Files.exists(place)) {
                return place;
            }
        }
        return folder.resolve(names.isEmpty() ? "" : names.get(names.size() - 1));
    }
}
