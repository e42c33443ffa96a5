package dev.longtail.cli;

import dev.longtail.data.RowFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** A UTF-8 file that is there as a whole or not at all: written beside its place and moved there. */
final class OutputFile {

    private OutputFile() {}

    /** Writes what the file holds. */
    @FunctionalInterface
    interface Content {
        void write(Writer out) throws IOException;
    }

    /** Refuses a place that is taken, before hours are spent on what shall be there. */
    static void check(String option, Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + " is a folder, expected a file");
        }
        if (Files.exists(file) && !overwrite) {
            throw new UsageException(option + " " + file + " exists; add --overwrite to replace it");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new UsageException(
                    option + " " + file + " cannot be written, " + parent + " is no folder or may not be written to");
        }
    }

    /** Writes a file of bytes; one that is there stays until the new one is complete. */
    static void writeBytes(Path file, byte[] bytes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** A stream into a file, as what the file is needs it. */
    @FunctionalInterface
    private interface Form {
        OutputStream over(OutputStream raw) throws IOException;
    }

    /** Writes the file, gzip when its name ends in .gz; a file that is there stays until the new one is complete. */
    static void write(Path file, Content content) throws IOException {
        write(file, raw -> file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw, content);
    }

    /** Writes lines of JSON, as rows where the file's name asks for a format of rows, otherwise like {@link #write}. */
    static void writeRows(Path file, RowFormat.Rows rows, Content content) throws IOException {
        if (RowFormat.isNeeded(file)) {
            RowFormat format = RowFormat.of(file);
            write(file, raw -> format.write(raw, rows), content);
        } else {
            write(file, content);
        }
    }

    private static void write(Path file, Form form, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream raw = Files.newOutputStream(unfinished);
                    OutputStream bytes = form.over(raw);
                    Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16)) {
                content.write(out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
