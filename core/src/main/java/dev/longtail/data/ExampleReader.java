package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads examples one after the other. A line that does not follow its format ends the reading with an
 * {@link InputException} that names file, line and reason; nothing is left out.
 */
public final class ExampleReader implements Closeable {

    private final LineReader lines;
    private final DataFormat format;
    private final LineParser parser;

    /** Whether lines must have a place for labels. */
    public enum LabelColumn {
        /** A line without a place for labels is malformed; the list in that place may still be empty. */
        REQUIRED,
        /** Labels may be missing altogether, as in the input of a prediction. */
        OPTIONAL
    }

    private ExampleReader(LineReader lines, @Nullable DataFormat known, LabelColumn column, int head)
            throws IOException {
        boolean required = column == LabelColumn.REQUIRED;
        this.lines = lines;
        this.format = known != null ? known : DataFormat.recognise(lines.head(head), lines.source(), required);
        this.parser = parser(lines, format, required);
    }

    private static LineParser parser(LineReader lines, DataFormat format, boolean labelsRequired) throws IOException {
        switch (format) {
            case ANNIF:
                return new AnnifParser(lines, labelsRequired);
            case XC:
                return new XcParser(lines, lines.next());
            case FASTTEXT:
                return new FastTextParser(lines);
            case JSONL:
                return new JsonlParser(lines, labelsRequired);
            default:
                if (labelsRequired) {
                    throw new InputException(lines.source(), 0, "plain text has no labels; use annif or jsonl");
                }
                return (line, into) -> into.setText(line);
        }
    }

    /**
     * Opens a file.
     *
     * @param format of the file, null to recognise it
     * @throws InputException when the file is missing, damaged at its start or of no known format
     */
    public static ExampleReader open(Path file, @Nullable DataFormat format, LabelColumn labels) throws IOException {
        return reader(LineReader.open(file), format, labels, DataFormat.HEAD);
    }

    /**
     * Reads a stream, which {@link #close} closes. The format is recognised from the first line alone, so that a
     * person or program at the other end need not send more before it gets an answer.
     *
     * @param source name of the stream for messages
     * @param format of the lines, null to recognise it
     */
    public static ExampleReader of(InputStream stream, String source, @Nullable DataFormat format, LabelColumn labels)
            throws IOException {
        return reader(new LineReader(stream, source, -1), format, labels, 1);
    }

    private static ExampleReader reader(LineReader lines, @Nullable DataFormat format, LabelColumn labels, int head)
            throws IOException {
        try {
            return new ExampleReader(lines, format, labels, head);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Fills {@code into} with the next example; false behind the last one. */
    public boolean next(RawExample into) throws IOException {
        String line = lines.next();
        if (line == null) {
            parser.end();
            return false;
        }
        into.labels.clear();
        into.source = lines.source();
        into.line = lines.line();
        parser.parse(line, into);
        return true;
    }

    public DataFormat format() {
        return format;
    }

    /** Name, size and checksum of what was read; to be asked once, behind the last example. */
    public SourceFile sourceFile() {
        return lines.sourceFile();
    }

    /** Lines read so far. */
    public long line() {
        return lines.line();
    }

    /** Bytes read so far, compressed where the file is. */
    public long bytesDone() {
        return lines.bytesDone();
    }

    /** Size of the file, -1 for a stream. */
    public long bytesTotal() {
        return lines.bytesTotal();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
