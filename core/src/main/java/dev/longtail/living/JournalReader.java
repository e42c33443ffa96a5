package dev.longtail.living;

import dev.longtail.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the lines of a journal, each against the one before. Used once. */
final class JournalReader {

    private final Path file;
    private final List<JournalEntry> entries = new ArrayList<>();
    private @Nullable String base;
    private String chain = "";
    private long after;
    private int number;
    private long bytes;

    JournalReader(Path file) {
        this.file = file;
    }

    /**
     * All whole lines; what stands behind the last end of a line was never told to anybody and is dropped.
     *
     * @return nothing when the first line was never finished
     * @throws ModelFormatException at the first line that is damaged
     */
    Optional<Journal> read() throws IOException {
        byte[] all = Files.readAllBytes(file);
        int start = 0;
        for (int end = 0; end < all.length; end++) {
            if (all[end] == '\n') {
                number++;
                try {
                    line(text(ByteBuffer.wrap(all, start, end - start)));
                } catch (IllegalArgumentException e) {
                    throw damaged(String.valueOf(e.getMessage()));
                }
                start = end + 1;
                bytes = start;
            }
        }
        return Optional.ofNullable(base).map(known -> new Journal(known, after, entries, chain, bytes));
    }

    private static String text(ByteBuffer line) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is not UTF-8", e);
        }
    }

    private ModelFormatException damaged(String reason) {
        return new ModelFormatException(
                file,
                bytes,
                "line " + number + " " + reason + "; the journal is damaged there, restore it from a copy, or move it"
                        + " away to go on with the model without its feedback");
    }

    private void line(String text) throws ModelFormatException {
        JournalLine line = JournalLine.parse(chain, text);
        ObjectNode json = JsonLines.parse(line.json());
        if (base == null) {
            header(json);
        } else {
            JournalEntry entry = JournalEntry.of(json);
            long next = after + entries.size() + 1;
            if (entry.sequence() != next) {
                throw new IllegalArgumentException("is entry " + entry.sequence() + " where " + next + " belongs");
            }
            entries.add(entry);
        }
        chain = line.digits();
    }

    private void header(ObjectNode json) throws ModelFormatException {
        if (!json.path("format").asString("").equals(JournalFile.FORMAT)) {
            throw new IllegalArgumentException("begins no journal of feedback");
        }
        JsonNode version = json.path("formatVersion");
        if (!version.isInt() || version.intValue() != JournalFile.VERSION) {
            throw new ModelFormatException(
                    file,
                    -1,
                    "has format version " + version + ", this release reads " + JournalFile.VERSION
                            + "; read it with a newer release");
        }
        JsonLines.requireOnly(json, Set.of("format", "formatVersion", "base", "after"));
        after = json.path("after").asLong(0);
        base = JsonLines.text(json, "base");
    }
}
