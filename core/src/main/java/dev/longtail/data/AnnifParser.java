package dev.longtail.data;

import java.util.regex.Pattern;

/** {@link DataFormat#ANNIF}. The id of a label is written with angle brackets, however it stands in the file. */
final class AnnifParser implements LineParser {

    private static final Pattern LABEL = Pattern.compile("<[^<>\"]+>|[A-Za-z][A-Za-z0-9+.-]*:[^<>\"]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final LineReader lines;
    private final boolean labelsRequired;

    AnnifParser(LineReader lines, boolean labelsRequired) {
        this.lines = lines;
        this.labelsRequired = labelsRequired;
    }

    /** Whether the line has a tab and only labels behind it. */
    static boolean matches(String line) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            return false;
        }
        for (String label : SPACE.split(line.substring(tab).strip())) {
            if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The id of a label that may stand without angle brackets. */
    static String id(String label) {
        return label.startsWith("<") ? label : "<" + label + ">";
    }

    @Override
    public void parse(String line, RawExample into) {
        int tab = line.indexOf('\t');
        if (tab < 0 && labelsRequired) {
            throw lines.wrong("no tab between text and labels; expected: text, tab, <uri> <uri> ...");
        }
        into.setText(tab < 0 ? line : line.substring(0, tab));
        if (tab >= 0) {
            labels(line, tab + 1, into);
        }
    }

    private void labels(String line, int start, RawExample into) {
        int at = start;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && line.charAt(end) > ' ') {
                end++;
            }
            if (end > at) {
                into.labels.add(label(line.substring(at, end)));
            }
            at = end + 1;
        }
    }

    private String label(String label) {
        if (!LABEL.matcher(label).matches()) {
            throw lines.wrong("label '" + label + "' is no <uri>; behind the first tab only labels may stand");
        }
        return id(label);
    }
}
