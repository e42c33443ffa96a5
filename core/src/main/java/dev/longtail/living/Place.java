package dev.longtail.living;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a model is, and what lies beside it.
 *
 * @param folder of the model, links followed
 */
record Place(Path folder) {

    static Place of(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        return new Place(Files.exists(absolute) ? absolute.toRealPath() : absolute);
    }

    /** The journal of feedback that is not in the folder yet. */
    Path journal() {
        return folder.resolveSibling(folder.getFileName() + ".feedback");
    }

    /** Something that changes the model. */
    @FunctionalInterface
    interface Change<T> {
        T make() throws IOException;
    }

    /** Makes a change while nobody else makes one. */
    <T> T alone(Change<T> change) throws IOException {
        FolderLock lock = FolderLock.of(folder.resolveSibling("." + folder.getFileName() + ".lock"), folder);
        try {
            return change.make();
        } finally {
            lock.close();
        }
    }
}
