package dev.longtail.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model on disk: one folder with a manifest, {@code model.json}, and the files it lists. An instance is a folder
 * whose every file has passed its checks.
 */
public final class ModelFolder {

    /** Format version that is written. */
    public static final int VERSION = ModelManifest.VERSION;

    /** Oldest format version that is read. */
    public static final int OLDEST_VERSION = ModelManifest.OLDEST_VERSION;

    private final Path path;
    private final ModelManifest manifest;

    private ModelFolder(Path path, ModelManifest manifest) {
        this.path = path;
        this.manifest = manifest;
    }

    /**
     * Opens a model and checks the manifest, then the size of every file, then the SHA-256 of every file. Changes
     * nothing on disk. When a replacement was interrupted between its two moves, the old model is opened where it was
     * put aside.
     *
     * @throws ModelFormatException when the folder is not a model, not one of a version that this release reads, or
     *                              not byte for byte as it was written
     */
    public static ModelFolder open(Path path) throws IOException {
        Path folder = Siblings.of(path).readable();
        ModelManifest manifest = ModelManifest.read(folder);
        for (ModelManifest.File file : manifest.files()) {
            checkSize(folder.resolve(file.name()), file.bytes());
        }
        checkSums(folder, manifest.files());
        return new ModelFolder(folder, manifest);
    }

    /** Several files at a time, which halves what a start of a server takes; the first damaged one is told. */
    private static void checkSums(Path folder, List<ModelManifest.File> files) throws IOException {
        List<String> sums;
        try {
            sums = files.parallelStream()
                    .map(file -> {
                        try {
                            return Checksums.of(folder.resolve(file.name()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (int i = 0; i < sums.size(); i++) {
            if (!sums.get(i).equals(files.get(i).sha256())) {
                throw new ModelFormatException(
                        folder.resolve(files.get(i).name()),
                        -1,
                        "does not have the SHA-256 in model.json; the file is damaged, copy the model again");
            }
        }
    }

    /**
     * What the model in a folder is for, as its manifest says: {@code tag}, {@code rate} or nothing. No other file is
     * looked at.
     *
     * @throws ModelFormatException when the folder has no manifest of a model, or one that is damaged
     */
    public static String task(Path path) throws IOException {
        return ModelManifest.read(Siblings.of(path).readable())
                .json()
                .path("task")
                .asString("");
    }

    /**
     * Writes a model beside its place and moves it in when it is complete and on disk. A model already there is
     * replaced and stays readable until then, also when the program is killed; FORMAT.md describes how.
     *
     * @param path     the folder to make; its parents are made where they are missing
     * @param fields   fields of the manifest besides {@code format}, {@code formatVersion} and {@code files}; what may
     *                 differ between equal runs, such as the time, belongs into one field {@code created}
     * @param payloads the other files
     * @throws ModelFormatException     when something is there that is not a model or holds files of somebody else
     * @throws IllegalArgumentException when a field or a file name is not allowed
     */
    public static void write(Path path, ObjectNode fields, List<Payload> payloads) throws IOException {
        ModelManifest.check(fields, payloads);
        new FolderWriter(path, true).write(fields, payloads);
    }

    /**
     * As {@link #write}, but replaces nothing except an empty folder; of two writers at the same time one fails.
     *
     * @throws java.nio.file.FileAlreadyExistsException when something is there
     */
    public static void writeNew(Path path, ObjectNode fields, List<Payload> payloads) throws IOException {
        ModelManifest.check(fields, payloads);
        new FolderWriter(path, false).write(fields, payloads);
    }

    /**
     * Looks at a place that {@link #write} is to write to, before long work on what is to be written.
     *
     * @throws ModelFormatException as {@link #write} would because of what stands there now
     */
    public static void checkReplaceable(Path path) throws IOException {
        new FolderWriter(path, true).checkReplaceable();
    }

    /** The folder that was opened. */
    public Path path() {
        return path;
    }

    /** A copy of the manifest. */
    public ObjectNode manifest() {
        return manifest.json().deepCopy();
    }

    /** Format version of the folder. */
    public int formatVersion() {
        return manifest.version();
    }

    /** Names of the files besides the manifest. */
    public List<String> files() {
        return manifest.files().stream().map(ModelManifest.File::name).toList();
    }

    /**
     * Path of a file of the model.
     *
     * @throws ModelFormatException when the manifest does not list it
     */
    public Path file(String name) throws ModelFormatException {
        if (!files().contains(name)) {
            throw new ModelFormatException(path, -1, "is a model without the file " + name + ", it has " + files());
        }
        return path.resolve(name);
    }

    /** Size of the whole model in bytes, the manifest included. */
    public long bytes() throws IOException {
        long bytes = Files.size(path.resolve(ModelManifest.NAME)) + Files.size(path.resolve(ModelManifest.SUM_NAME));
        for (ModelManifest.File file : manifest.files()) {
            bytes += file.bytes();
        }
        return bytes;
    }

    private static void checkSize(Path file, long expected) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(file, -1, "is missing; the model is incomplete, copy it again");
        }
        long size = Files.size(file);
        if (size != expected) {
            throw new ModelFormatException(
                    file,
                    Math.min(size, expected),
                    "has " + size + " bytes, model.json says " + expected
                            + "; the file is damaged, copy the model again");
        }
    }
}
