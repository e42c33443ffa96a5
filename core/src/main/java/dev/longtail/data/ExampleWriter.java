package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.data.ConversionReport.Loss;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes examples one a line, as {@link ExampleReader} reads them: texts in any format of texts, numbered features in
 * {@link DataFormat#XC}. Identifiers of labels lose or get the angle brackets of {@link DataFormat#ANNIF}. What the
 * format has no place for is counted; a label that it cannot hold is an error, since another one would be another
 * label.
 */
final class ExampleWriter {

    private static final String LABEL = "__label__";
    private static final Pattern LABEL_WORD = Pattern.compile("(?<!\\S)__(?=label__)");
    private static final Pattern BREAK = Pattern.compile("\\r\\n|[\\r\\n\\t]");
    private static final Pattern BREAK_OF_TEXT = Pattern.compile("\\r\\n|[\\r\\n]");
    private static final Pattern BLANKS = Pattern.compile("^[ \\t\\x0b\\f\\r]|[ \\t\\x0b\\f\\r]{2}|[ \\t\\x0b\\f\\r]$");
    private static final Pattern ANNIF_LABEL = Pattern.compile("[^\\s<>\"]+");
    private static final Pattern FASTTEXT_LABEL = Pattern.compile("[^\\s\\x00]+");

    private final DataFormat format;
    private final boolean bracketed;
    private final Writer out;
    private final ConversionReport.Tally tally;
    private final StringBuilder line = new StringBuilder();
    private long written;

    /**
     * Writes to a stream that the caller closes.
     *
     * @param source format that the examples come from
     */
    ExampleWriter(DataFormat source, DataFormat format, Writer out, ConversionReport.Tally tally) {
        this.format = format;
        // Elsewhere brackets are a part of the identifier, and annif puts them around it again.
        this.bracketed = source == DataFormat.ANNIF || format == DataFormat.ANNIF;
        this.out = out;
        this.tally = tally;
    }

    /**
     * Writes one example.
     *
     * @throws InputException when it has a label that the format cannot hold, or is no text where one is needed
     */
    void write(RawExample example) throws IOException {
        line.setLength(0);
        if (format == DataFormat.XC) {
            numbers(example);
        } else {
            text(example);
        }
        out.append(line.append('\n'));
        written++;
    }

    /** Number of examples written. */
    long written() {
        return written;
    }

    private void text(RawExample example) {
        String text = example.text;
        if (text == null) {
            throw wrong(example, "numbered features are no text; they can be written as xc only");
        }
        if (format != DataFormat.JSONL) {
            count(example.jsonId != null, Loss.IDENTIFIER, example);
        }
        count(example.otherMembers > 0, Loss.OTHER_MEMBERS, example);
        switch (format) {
            case ANNIF -> annif(text, example);
            case FASTTEXT -> fastText(text, example);
            case JSONL -> jsonl(text, example);
            default -> {
                count(!example.labels.isEmpty(), Loss.LABELS, example);
                line.append(flat(text, example));
            }
        }
    }

    private void annif(String text, RawExample example) {
        line.append(flat(text, example)).append('\t');
        String separator = "";
        for (String label : example.labels) {
            line.append(separator)
                    .append('<')
                    .append(checked(bare(label), ANNIF_LABEL, example))
                    .append('>');
            separator = " ";
        }
    }

    private void fastText(String text, RawExample example) {
        for (String label : example.labels) {
            line.append(LABEL)
                    .append(checked(bare(label), FASTTEXT_LABEL, example))
                    .append(' ');
        }
        String flat = flat(text, example);
        count(BLANKS.matcher(flat).find(), Loss.SPACING, example);
        boolean labels = LABEL_WORD.matcher(flat).find();
        count(labels, Loss.LABEL_WORD, example);
        line.append(labels ? LABEL_WORD.matcher(flat).replaceAll("") : flat);
        if (flat.isEmpty() && !example.labels.isEmpty()) {
            line.setLength(line.length() - 1);
        }
    }

    private void jsonl(String text, RawExample example) {
        line.append('{');
        if (example.jsonId != null) {
            line.append("\"id\":").append(example.jsonId).append(',');
        }
        line.append("\"text\":").append(JsonText.quoted(text)).append(",\"labels\":[");
        String separator = "";
        for (String label : example.labels) {
            line.append(separator).append(JsonText.quoted(bare(label)));
            separator = ",";
        }
        line.append("]}");
    }

    private void numbers(RawExample example) {
        if (example.text != null) {
            throw wrong(example, "a text is no line of numbered features");
        }
        if (written == 0) {
            line.append(example.declaredExamples)
                    .append(' ')
                    .append(example.declaredFeatures)
                    .append(' ')
                    .append(example.declaredLabels)
                    .append('\n');
        }
        line.append(String.join(",", example.labels));
        for (int i = 0; i < example.featureCount; i++) {
            line.append(' ').append(example.features[i]).append(':').append(example.values[i]);
        }
    }

    /** The text on one line, and in one column where there are columns. */
    private String flat(String text, RawExample example) {
        Matcher breaks = (format == DataFormat.TEXT ? BREAK_OF_TEXT : BREAK).matcher(text);
        boolean found = breaks.find();
        count(found, Loss.LINE_BREAK, example);
        return found ? breaks.replaceAll(" ") : text;
    }

    private String bare(String label) {
        boolean brackets = bracketed && label.length() > 2 && label.startsWith("<") && label.endsWith(">");
        return brackets ? label.substring(1, label.length() - 1) : label;
    }

    private String checked(String label, Pattern allowed, RawExample example) {
        if (!allowed.matcher(label).matches()) {
            throw wrong(
                    example,
                    "label '" + label + "' cannot stand in " + format + ", where a blank"
                            + (format == DataFormat.ANNIF ? ", < or > ends" : " ends")
                            + " a label; convert to jsonl, or give the label another identifier");
        }
        return label;
    }

    private void count(boolean lost, Loss loss, RawExample example) {
        if (lost) {
            tally.add(loss, example.line);
        }
    }

    private static InputException wrong(RawExample example, String reason) {
        return new InputException(example.source, example.line, reason);
    }
}
