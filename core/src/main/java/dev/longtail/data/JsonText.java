package dev.longtail.data;

import tools.jackson.core.io.JsonStringEncoder;

/** Texts as JSON writes them. */
final class JsonText {

    private JsonText() {}

    /** The text between quotation marks, with escapes where JSON needs them. */
    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
