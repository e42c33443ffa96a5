package dev.longtail.config;

import java.util.regex.Pattern;

/** What a JSON parser says of a text that is none, for those who sent the text and do not program the parser. */
public final class JsonComplaint {

    private static final Pattern SOURCE_OF_LIMIT = Pattern.compile(", from `[^`]*`");
    private static final Pattern ADVICE =
            Pattern.compile("( \\(start marker at|: enable `| \\(`JsonToken| \\(not recognized).*");

    private JsonComplaint() {}

    /** The first line of a message of Jackson, without its names of classes and its advice on settings. */
    public static String plain(String message) {
        String line = message.lines().findFirst().orElse("");
        return ADVICE.matcher(SOURCE_OF_LIMIT.matcher(line).replaceAll("")).replaceFirst("");
    }
}
