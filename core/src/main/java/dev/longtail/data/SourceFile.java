package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a file was when it was read, for the provenance of a model.
 *
 * @param name   as it was given
 * @param bytes  size as it stands on disk, compressed files compressed
 * @param sha256 of those bytes, in lower-case hexadecimal digits
 */
public record SourceFile(String name, long bytes, String sha256) {

    /**
     * Reads a file for its checksum alone.
     *
     * @throws InputException when it is missing or is a folder
     */
    public static SourceFile of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(file.toString(), 0, "is a folder, expected a file");
        }
        try (DigestStream bytes = new DigestStream(Files.newInputStream(file), Files.size(file))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new SourceFile(file.toString(), bytes.count(), bytes.sha256());
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), 0, "no such file", e);
        }
    }
}
