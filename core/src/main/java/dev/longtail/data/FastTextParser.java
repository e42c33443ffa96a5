package dev.longtail.data;

/** {@link DataFormat#FASTTEXT}: labels may stand anywhere among the words; their prefix is not part of the id. */
final class FastTextParser implements LineParser {

    private static final String PREFIX = "__label__";

    private final LineReader lines;
    private final StringBuilder words = new StringBuilder();

    FastTextParser(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public void parse(String line, RawExample into) {
        into.setText("");
        words.setLength(0);
        int at = 0;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && !blank(line.charAt(end))) {
                end++;
            }
            if (line.startsWith(PREFIX, at) && end > at) {
                if (end == at + PREFIX.length()) {
                    throw lines.wrong("'" + PREFIX + "' without a name");
                }
                into.labels.add(line.substring(at + PREFIX.length(), end));
            } else if (end > at) {
                words.append(words.length() > 0 ? " " : "").append(line, at, end);
            }
            at = end + 1;
        }
        into.text = words.toString();
    }

    // The separators of fastText's Dictionary::readWord.
    private static boolean blank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b || c == 0;
    }
}
