package dev.longtail.cli;

import dev.longtail.format.ModelFolder;
import dev.longtail.format.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The folder a model is to be written to, looked at before hours are spent on the model. */
final class ModelTarget {

    private static final String MANIFEST = "model.json";

    private final String option;
    private final Path folder;
    private final boolean overwrite;
    private final @Nullable FileTime before;

    /** @param overwrite whether a model that stands there may be replaced */
    ModelTarget(Path folder, boolean overwrite) throws IOException {
        this("--model", folder, overwrite);
    }

    /**
     * The folder that an option names.
     *
     * @param overwrite whether a model that stands there may be replaced
     */
    ModelTarget(String option, Path folder, boolean overwrite) throws IOException {
        this.option = option;
        this.folder = folder;
        this.overwrite = overwrite;
        this.before = manifestTime();
        check();
    }

    Path folder() {
        return folder;
    }

    /** Whether a model that stands there may be replaced. */
    boolean replaceable() {
        return overwrite;
    }

    /** What stands there after work that was interrupted. */
    String leftBehind() {
        FileTime now = manifestTime();
        if (now == null) {
            return "nothing was written to " + folder;
        }
        return now.equals(before)
                ? folder + " still holds the model that was there before"
                : "the model in " + folder + " is complete";
    }

    private void check() throws IOException {
        if (Files.exists(folder.resolve(MANIFEST)) && !overwrite) {
            throw new UsageException(option + " " + folder + " holds a model; add --overwrite to replace it");
        }
        try {
            ModelFolder.checkReplaceable(folder);
        } catch (ModelFormatException e) {
            throw new UsageException(option + " " + e.getMessage(), e);
        }
        requireWritableParent(option, folder);
    }

    /** Refuses a place whose nearest existing parent is no folder, or none that may be written to. */
    static void requireWritableParent(String option, Path path) {
        Path ancestor = path.toAbsolutePath().normalize().getParent();
        while (ancestor != null && !Files.exists(ancestor)) {
            ancestor = ancestor.getParent();
        }
        if (ancestor == null || !Files.isDirectory(ancestor) || !Files.isWritable(ancestor)) {
            throw new UsageException(
                    option + " " + path + " cannot be written, " + ancestor + " is no folder or may not be written to");
        }
    }

    private @Nullable FileTime manifestTime() {
        try {
            return Files.getLastModifiedTime(folder.resolve(MANIFEST));
        } catch (IOException e) {
            return null; // no model there
        }
    }

    /** Bytes of all files in a folder. */
    static long bytes(Path folder) throws IOException {
        return ModelFacts.files(folder).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
