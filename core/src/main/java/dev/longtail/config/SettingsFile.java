package dev.longtail.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings in a text file, UTF-8: a line is {@code name = value}, empty, or a comment that begins with #. Names are
 * those of {@link Settings}.
 */
public final class SettingsFile {

    private final Path file;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private SettingsFile(Path file) {
        this.file = file;
    }

    /**
     * Reads a file; whether its names and values are right shows when they are applied.
     *
     * @throws InputException when there is no such file, or a line is no setting or gives one that an earlier line gave
     * @throws IOException when the file cannot be read
     */
    public static SettingsFile read(Path file) throws IOException {
        SettingsFile settings = new SettingsFile(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                settings.add(++number, line.strip());
            }
        } catch (NoSuchFileException e) {
            throw new InputException(file.toString(), 0, "no such file", e);
        } catch (CharacterCodingException e) {
            throw new InputException(file.toString(), 0, "is not UTF-8 text; save it as such", e);
        }
        return settings;
    }

    private void add(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new InputException(
                    file.toString(), number, "expected 'name = value', or a comment after #, got '" + line + "'");
        }
        String name = line.substring(0, equals).strip();
        Integer earlier = lines.put(name, number);
        if (earlier != null) {
            throw new InputException(file.toString(), number, name + " was given in line " + earlier + "; keep one");
        }
        values.put(name, line.substring(equals + 1).strip());
    }

    /** What the file says: texts by name, in its order. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /**
     * Returns the record with the file's values in place of its own.
     *
     * @throws InputException when a name or value is wrong, naming the line, or values do not go together
     */
    public <R extends Record> R applyTo(R settings) {
        try {
            return Settings.override(settings, values);
        } catch (IllegalArgumentException e) {
            int line = values.keySet().stream()
                    .filter(name -> failure(settings, name).equals(Optional.ofNullable(e.getMessage())))
                    .mapToInt(lines::get)
                    .findFirst()
                    .orElse(0);
            throw new InputException(file.toString(), line, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is wrong when only one line is applied. */
    private Optional<String> failure(Record settings, String name) {
        try {
            Settings.override(settings, Map.of(name, String.valueOf(values.get(name))));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
