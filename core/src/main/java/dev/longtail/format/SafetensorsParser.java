package dev.longtail.format;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the JSON of a header token by token, so that a hostile one cannot fill the memory: what is kept is bounded by
 * the tensors it names, and a shape has at most {@link #MAX_DIMENSIONS} extents.
 */
final class SafetensorsParser {

    private static final int MAX_DIMENSIONS = 8;

    private final Path file;
    private final JsonParser parser;
    private final List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsParser(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Header of a file.
     *
     * @param json      bytes between the length and the data
     * @param dataBytes bytes of the file after the header
     */
    static SafetensorsHeader parse(Path file, ByteBuffer json, long dataBytes) throws ModelFormatException {
        String text = Json.text(file, SafetensorsHeader.LENGTH_BYTES, json);
        try (JsonParser tokens = Json.MAPPER.createParser(text)) {
            SafetensorsParser parser = new SafetensorsParser(file, tokens);
            parser.readHeader();
            return SafetensorsHeader.checked(file, parser.entries, parser.metadata, dataBytes);
        } catch (JacksonException e) {
            throw Json.notJson(file, SafetensorsHeader.LENGTH_BYTES, e);
        }
    }

    private void readHeader() throws ModelFormatException {
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = nextField(); name != null; name = nextField()) {
            expect(JsonToken.START_OBJECT, "an object");
            if (name.equals(SafetensorsHeader.METADATA)) {
                readMetadata();
            } else {
                readEntry(name);
            }
        }
        if (parser.nextToken() != null) {
            throw wrong("the header goes on after its JSON");
        }
    }

    private void readMetadata() throws ModelFormatException {
        for (String key = nextField(); key != null; key = nextField()) {
            expect(JsonToken.VALUE_STRING, "a text");
            metadata.put(key, parser.getString());
        }
    }

    private void readEntry(String name) throws ModelFormatException {
        TensorType type = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "dtype" -> type = readType(name);
                case "shape" -> shape = readNumbers();
                case "data_offsets" -> offsets = readNumbers();
                default -> throw wrong("tensor " + name + " has an unknown field " + field);
            }
        }
        if (type == null || shape == null || offsets == null || offsets.size() != 2) {
            throw wrong("tensor " + name + " needs dtype, shape and two data_offsets");
        }
        entries.add(new SafetensorsHeader.Entry(name, type, List.copyOf(shape), offsets.get(0), offsets.get(1)));
    }

    private TensorType readType(String name) throws ModelFormatException {
        expect(JsonToken.VALUE_STRING, "a text");
        String text = parser.getString();
        for (TensorType type : TensorType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw wrong("tensor " + name + " has numbers of type " + text + ", readable are F32, BF16, U16, I32 and I8");
    }

    private List<Long> readNumbers() throws ModelFormatException {
        expect(JsonToken.START_ARRAY, "an array");
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!whole || parser.getLongValue() < 0 || numbers.size() == MAX_DIMENSIONS) {
                throw wrong("here belong at most " + MAX_DIMENSIONS + " whole numbers from 0 to 2^63 - 1");
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private @Nullable String nextField() {
        return parser.nextToken() == JsonToken.END_OBJECT ? null : parser.currentName();
    }

    private void expect(JsonToken token, String what) throws ModelFormatException {
        if (parser.nextToken() != token) {
            throw wrong("here belongs " + what);
        }
    }

    private ModelFormatException wrong(String reason) {
        long position = Math.max(0, parser.currentTokenLocation().getCharOffset());
        return new ModelFormatException(
                file, SafetensorsHeader.LENGTH_BYTES + position, reason + "; the file is damaged or not ours");
    }
}
