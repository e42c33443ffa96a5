package dev.longtail.format;

import dev.longtail.config.JsonComplaint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Strict reading and deterministic writing of JSON. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    // Two spaces and "\n" on every platform; Jackson's default follows the platform.
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final DefaultPrettyPrinter PRINTER =
            new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER);

    private Json() {}

    /** Bytes of a tree, indented, fields in the order of insertion, with a line end after the last line. */
    static byte[] pretty(JsonNode json) {
        return (MAPPER.writer().with(PRINTER).writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static JsonNode parse(Path file, byte[] json) throws ModelFormatException {
        try {
            return MAPPER.readTree(text(file, 0, ByteBuffer.wrap(json)));
        } catch (JacksonException e) {
            throw notJson(file, 0, e);
        }
    }

    /**
     * Text of UTF-8 bytes. Jackson would guess the encoding from the first bytes.
     *
     * @param start byte of the file that the text starts at
     */
    static String text(Path file, long start, ByteBuffer utf8) throws ModelFormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(file, start, "the JSON here is not UTF-8; the file is damaged");
        }
    }

    static ModelFormatException notJson(Path file, long start, JacksonException e) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
        return new ModelFormatException(
                file,
                start + Math.max(0, offset),
                "not the JSON that belongs here (" + JsonComplaint.plain(e.getOriginalMessage())
                        + "); the file is damaged or no model file");
    }
}
