package dev.longtail.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder that goes away with everything in it. */
record TemporaryFolder(Path path) implements AutoCloseable {

    /** @param parent folder to make it in, null for the system's */
    static TemporaryFolder in(@Nullable Path parent) throws IOException {
        if (parent == null) {
            return new TemporaryFolder(Files.createTempDirectory("longtail-"));
        }
        if (!Files.isDirectory(parent)) {
            throw new UsageException("--temporary " + parent + " is not a folder");
        }
        return new TemporaryFolder(Files.createTempDirectory(parent, "longtail-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
