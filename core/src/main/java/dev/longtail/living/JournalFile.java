package dev.longtail.living;

import dev.longtail.format.ModelFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file that only grows. Its first line tells which model it belongs to, each other line is an entry; no line can
 * change, go or move unnoticed ({@link JournalLine}). A line is forced to the disk before anybody is told of it.
 */
final class JournalFile {

    static final String FORMAT = "longtail-feedback";
    static final int VERSION = 1;

    private JournalFile() {}

    /**
     * Reads a journal and changes nothing.
     *
     * @return nothing when there is no file, or one whose first line was never finished
     * @throws ModelFormatException at the first line that is damaged
     */
    static Optional<Journal> read(Path file) throws IOException {
        return Files.exists(file) ? new JournalReader(file).read() : Optional.empty();
    }

    /** Begins a journal in place of what is there. */
    static Journal create(Path file, String base, long after) throws IOException {
        ObjectNode json = JsonLines.object();
        json.put("format", FORMAT);
        json.put("formatVersion", VERSION);
        json.put("base", base);
        json.put("after", after);
        JournalLine line = JournalLine.after("", JsonLines.line(json));
        write(file, 0, line.bytes());
        forceFolder(file);
        return new Journal(base, after, List.of(), line.digits(), line.bytes().length);
    }

    /**
     * Appends entries, in place of an unfinished line where there is one; returns when they are on the disk.
     *
     * @param before what the journal holds
     */
    static Journal append(Path file, Journal before, List<JournalEntry> entries) throws IOException {
        String chain = before.chain();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JournalEntry entry : entries) {
            JournalLine line = JournalLine.after(chain, JsonLines.line(entry.toJson()));
            bytes.writeBytes(line.bytes());
            chain = line.digits();
        }
        write(file, before.bytes(), bytes.toByteArray());
        return before.with(entries, chain, bytes.size());
    }

    private static void write(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(position);
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest, position + rest.position());
            }
            channel.force(true);
        }
    }

    /** Makes the entry of a new file in its folder last; only POSIX systems need that, and can. */
    private static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
