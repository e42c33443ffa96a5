package dev.longtail.data;

import dev.longtail.config.JsonComplaint;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** {@link DataFormat#JSONL}. */
final class JsonlParser implements LineParser {

    private final LineReader lines;
    private final boolean labelsRequired;
    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    JsonlParser(LineReader lines, boolean labelsRequired) {
        this.lines = lines;
        this.labelsRequired = labelsRequired;
    }

    @Override
    public void parse(String line, RawExample into) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), line)) {
            object(parser, into);
        } catch (JacksonException e) {
            throw lines.wrong(
                    "not a JSON object: " + JsonComplaint.plain(e.getOriginalMessage()) + column(e.getLocation()));
        }
    }

    /** Where it is wrong; of JSON that is nested too deeply the parser does not say it. */
    private static String column(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " (column " + location.getColumnNr() + ")";
    }

    private void object(JsonParser parser, RawExample into) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw lines.wrong("not a JSON object; expected {\"text\": \"...\", \"labels\": [\"...\"]} on each line");
        }
        String text = null;
        boolean labels = false;
        into.setText("");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("text")) {
                text = string(parser, value, "\"text\" must be a string");
            } else if (name.equals("labels")) {
                labels(parser, value, into);
                labels = true;
            } else if (name.equals("id") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                into.jsonId = identifier(parser, value);
            } else {
                into.otherMembers++;
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw lines.wrong("something follows the JSON object; write one object a line");
        }
        check(text, labels);
        into.text = text;
    }

    /** The member as it stands: a number stays one, because whoever joins by it would not find a text. */
    private static String identifier(JsonParser parser, JsonToken value) {
        return value == JsonToken.VALUE_STRING ? JsonText.quoted(parser.getString()) : parser.getString();
    }

    private void check(@Nullable String text, boolean labels) {
        if (text == null) {
            throw lines.wrong("the object has no \"text\"");
        }
        if (labelsRequired && !labels) {
            throw lines.wrong("the object has no \"labels\"");
        }
    }

    private void labels(JsonParser parser, JsonToken value, RawExample into) {
        if (value != JsonToken.START_ARRAY) {
            throw lines.wrong("\"labels\" must be an array of strings");
        }
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            String label = string(parser, token, "\"labels\" must be an array of strings");
            if (label.isEmpty()) {
                throw lines.wrong("a label is empty");
            }
            into.labels.add(label);
        }
    }

    private String string(JsonParser parser, JsonToken token, String rule) {
        if (token != JsonToken.VALUE_STRING) {
            throw lines.wrong(rule + ", got " + token);
        }
        return parser.getString();
    }
}
