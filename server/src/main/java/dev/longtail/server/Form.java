package dev.longtail.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fields of a form as browsers and Annif send it, {@code application/x-www-form-urlencoded} in UTF-8. */
final class Form {

    private static final int MOST_FIELDS = 1000;

    private final Map<String, String> fields = new HashMap<>();

    private Form() {}

    /** Reads a body; a field that stands twice is refused, because two readers may take another one of the two. */
    static Form parse(String body) {
        Form form = new Form();
        if (body.isEmpty()) {
            return form;
        }
        int from = 0;
        while (from <= body.length()) {
            int end = body.indexOf('&', from);
            end = end < 0 ? body.length() : end;
            form.add(body.substring(from, end));
            from = end + 1;
        }
        return form;
    }

    private void add(String pair) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (fields.size() == MOST_FIELDS) {
            throw Problem.wrong("invalid-form", "the form has more than " + MOST_FIELDS + " fields");
        }
        if (fields.put(name, value) != null) {
            throw Problem.wrong("invalid-form", "a field of the form stands twice");
        }
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes.write(' ');
            } else if (c == '%') {
                bytes.write(hexadecimal(text, i + 1) << 4 | hexadecimal(text, i + 2));
                i += 2;
            } else if (c < 128) {
                bytes.write(c);
            } else { // not allowed in this format, but harmless: the character itself
                int end = i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1);
                bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return Call.utf8(bytes.toByteArray());
    }

    private static int hexadecimal(String text, int place) {
        int digit = place < text.length() ? Character.digit(text.charAt(place), 16) : -1;
        if (digit < 0) {
            throw Problem.wrong("invalid-form", "a percent sign in the form is not followed by two hexadecimal digits");
        }
        return digit;
    }

    /** Value of a field, empty when the form has it not. */
    Optional<String> value(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
