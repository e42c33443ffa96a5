package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats of data files. All are UTF-8 text, one example a line, plain or gzip. */
public enum DataFormat {
    /** Short text corpus of Annif: text, tab, {@code <uri>}s or plain URIs separated by spaces. */
    ANNIF(true),

    /**
     * Extreme Classification Repository: a line {@code N D L} (examples, features, labels), then lines
     * {@code label,label feature:value feature:value ...} with ids from 0.
     */
    XC(false),

    /** fastText: words, and the labels among them as {@code __label__x}. */
    FASTTEXT(true),

    /** One JSON object a line with "text" (a string) and "labels" (an array of strings); other members are ignored. */
    JSONL(true),

    /** One text a line and no labels: input of prediction only. */
    TEXT(true);

    /** Lines that are looked at to recognise the format of a file. */
    static final int HEAD = 20;

    private static final Pattern XC_HEADER = Pattern.compile("[0-9]+ [0-9]+ [0-9]+\\s*");
    private static final Pattern FASTTEXT_LABEL = Pattern.compile("(^|.*\\s)__label__\\S.*");

    private final boolean text;

    DataFormat(boolean text) {
        this.text = text;
    }

    /** Whether examples are texts; otherwise they are numbered features. */
    public boolean text() {
        return text;
    }

    /** Name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a file of labelled examples, from the first of its first {@value #HEAD} lines that decides.
     *
     * @throws InputException when none does
     */
    public static DataFormat recognise(Path file) throws IOException {
        try (LineReader lines = LineReader.open(file)) {
            return recognise(lines.head(HEAD), lines.source(), true);
        }
    }

    /** As {@link #recognise(Path)}; where labels are not required, lines that decide nothing are plain text. */
    static DataFormat recognise(List<String> head, String source, boolean labelsRequired) {
        if (head.isEmpty() && labelsRequired) {
            throw new InputException(source, 0, "is empty");
        }
        for (int i = 0; i < head.size(); i++) {
            DataFormat format = ofLine(head.get(i), i == 0);
            if (format != null) {
                return format;
            }
        }
        if (!labelsRequired) {
            return TEXT;
        }
        throw new InputException(
                source,
                1,
                "format not recognised; expected annif (text, tab, <uri>s), xc (header 'N D L'), fasttext (__label__x)"
                        + " or jsonl ({\"text\": ..., \"labels\": [...]}); name it with format if it is one of these");
    }

    private static @Nullable DataFormat ofLine(String line, boolean first) {
        if (first && XC_HEADER.matcher(line).matches()) {
            return XC;
        }
        if (line.stripLeading().startsWith("{\"") || line.strip().equals("{}")) {
            return JSONL;
        }
        if (FASTTEXT_LABEL.matcher(line).matches()) {
            return FASTTEXT;
        }
        return AnnifParser.matches(line) ? ANNIF : null;
    }
}
