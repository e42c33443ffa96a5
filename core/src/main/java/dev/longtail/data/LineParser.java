package dev.longtail.data;

/** What one format makes of a line. */
interface LineParser {

    /** Fills text or features and the labels of {@code into}, whose label list is empty. */
    void parse(String line, RawExample into);

    /** Called behind the last line, for what only the whole file can show. */
    default void end() {}
}
