package dev.longtail.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** The file a page is to be written to, looked at before minutes are spent on the page. */
final class ReportTarget {

    private final Path file;
    private final boolean overwrite;

    /** @param overwrite whether a file that stands there may be replaced */
    ReportTarget(Path file, boolean overwrite) {
        this.file = file;
        this.overwrite = overwrite;
        check();
        ModelTarget.requireWritableParent("--output", file);
    }

    Path file() {
        return file;
    }

    private void check() {
        if (Files.isDirectory(file)) {
            throw new UsageException("--output " + file + " is a folder; name a file, for example report.html");
        }
        if (Files.exists(file) && !overwrite) {
            throw new UsageException("--output " + file + " exists; add --overwrite to replace it");
        }
    }

    /** Writes the file beside its place and moves it in, so that there is the old file or the new one. */
    long write(String content) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path part = target.resolveSibling("." + target.getFileName() + ".part-" + UUID.randomUUID());
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
            long size = bytes.remaining();
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            check(); // somebody may have been faster
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
