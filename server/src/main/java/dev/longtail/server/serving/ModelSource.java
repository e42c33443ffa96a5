package dev.longtail.server.serving;

import dev.longtail.config.Require;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A folder and the name under which its model is served.
 *
 * @param name 1 to 64 of the characters a-z, 0-9, dot, hyphen and underscore, the first one a letter or digit: it
 *     stands in addresses and in metrics
 * @param folder of a label model
 */
public record ModelSource(String name, Path folder) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public ModelSource {
        Require.that(
                NAME.matcher(name).matches(),
                "name of a model",
                "1 to 64 of a-z, 0-9, dot, hyphen and underscore, the first a letter or digit",
                "'" + name + "'");
    }

    /**
     * Reads {@code NAME=DIR}, or {@code DIR} alone, which then gives the name by its last part. What stands before the
     * first equals sign is a name only where it may be one.
     *
     * @throws IllegalArgumentException when the last part of a folder alone can be no name
     */
    public static ModelSource parse(String text) {
        int equals = text.indexOf('=');
        if (equals > 0 && NAME.matcher(text.substring(0, equals)).matches()) {
            return new ModelSource(text.substring(0, equals), Path.of(text.substring(equals + 1)));
        }
        Path folder = Path.of(text);
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = text.isBlank() || last == null ? "" : last.toString();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' can be no name of a model, which has a-z, 0-9, dot,"
                    + " hyphen and underscore; write NAME=" + text);
        }
        return new ModelSource(name, folder);
    }
}
