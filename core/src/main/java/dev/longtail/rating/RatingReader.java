package dev.longtail.rating;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.longtail.config.InputException;
import dev.longtail.data.SourceFile;
import dev.longtail.data.SourceStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.ZipException;

/**
 * Reads ratings one after the other from a UTF-8 file, plain or gzip, in one of the layouts that its first line tells:
 * MovieLens' {@code u.data} (tabs), {@code ratings.dat} (::) and {@code ratings.csv}, or any text with a first line
 * that names the columns user, item, rating and, where there is one, time. A line that does not follow its layout ends
 * the reading with an {@link InputException} that names file, line and reason; nothing is left out.
 */
public final class RatingReader implements Closeable {

    private static final int LONGEST_FIRST_LINE = 1 << 16;
    private static final char NO_QUOTE = '\u0000';

    private final SourceStream stream;
    private final CsvReader<RatingRow> parser;
    private final Iterator<RatingRow> rows;
    private final RatingRow row;
    private final RatingLayout layout;
    private long line;

    private RatingReader(SourceStream stream, RatingLayout.Purpose purpose) throws IOException {
        this.stream = stream;
        BufferedReader text = new BufferedReader(
                new InputStreamReader(
                        stream,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                LONGEST_FIRST_LINE);
        layout = layout(text, purpose);
        row = new RatingRow(layout);
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .quoteCharacter(layout.quoted() ? '"' : NO_QUOTE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        parser = (layout.separator().length() == 1
                        ? builder.fieldSeparator(layout.separator().charAt(0))
                        : builder.fieldSeparator(layout.separator()))
                .build(row, text);
        rows = parser.iterator();
        if (layout.header()) {
            advance();
        }
    }

    /**
     * Opens a file of ratings.
     *
     * @throws InputException when the file is missing, damaged at its start or of no known layout
     */
    public static RatingReader open(Path file) throws IOException {
        return reader(SourceStream.open(file), RatingLayout.Purpose.RATINGS);
    }

    /** Opens a file of pairs of a user and an item; other columns are not read. */
    public static RatingReader openPairs(Path file) throws IOException {
        return reader(SourceStream.open(file), RatingLayout.Purpose.PAIRS);
    }

    /** Opens a file of the ratings of one user: item and rating; a user may be named as well. */
    public static RatingReader openOneUser(Path file) throws IOException {
        return reader(SourceStream.open(file), RatingLayout.Purpose.ONE_USER);
    }

    /**
     * Reads a stream of pairs, which {@link #close} closes.
     *
     * @param source name of the stream for messages
     */
    public static RatingReader ofPairs(InputStream stream, String source) throws IOException {
        return reader(new SourceStream(stream, source, -1), RatingLayout.Purpose.PAIRS);
    }

    private static RatingReader reader(SourceStream stream, RatingLayout.Purpose purpose) throws IOException {
        try {
            return new RatingReader(stream, purpose);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private RatingLayout layout(BufferedReader text, RatingLayout.Purpose purpose) throws IOException {
        try {
            text.mark(1);
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            text.mark(LONGEST_FIRST_LINE);
            char[] head = new char[LONGEST_FIRST_LINE];
            int length = 0;
            int read = 0;
            while (length < head.length && read >= 0 && newline(head, length) < 0) {
                read = text.read(head, length, head.length - length);
                length += Math.max(0, read);
            }
            text.reset();
            int end = newline(head, length);
            String first = new String(head, 0, end < 0 ? length : end).strip();
            if (first.isEmpty()) {
                throw new InputException(stream.source(), 0, "is empty, or its first line is");
            }
            return RatingLayout.recognise(first, stream.source(), purpose);
        } catch (CharacterCodingException | ZipException | EOFException e) {
            throw broken(e);
        }
    }

    private static int newline(char[] chars, int length) {
        for (int i = 0; i < length; i++) {
            if (chars[i] == '\n' || chars[i] == '\r') {
                return i;
            }
        }
        return -1;
    }

    /** Moves to the next rating; false behind the last one. */
    public boolean next() throws IOException {
        if (!advance()) {
            return false;
        }
        String fault = row.fault();
        if (!fault.isEmpty()) {
            throw wrong(fault);
        }
        return true;
    }

    private boolean advance() throws IOException {
        try {
            if (!rows.hasNext()) {
                return false;
            }
            rows.next();
            line = row.line();
            return true;
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InputException(
                    stream.source(), line + 1, "is no line of this file's layout: " + cause.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw broken(e.getCause() == null ? new IOException(e) : e.getCause());
        }
    }

    private IOException broken(IOException e) throws IOException {
        if (e instanceof CharacterCodingException) {
            throw new InputException(
                    stream.source(), 0, "is not UTF-8 text behind line " + line + "; convert the file to UTF-8", e);
        }
        if (e instanceof ZipException || e instanceof EOFException) {
            throw new InputException(stream.source(), line + 1, String.valueOf(e.getMessage()), e);
        }
        return e;
    }

    /** The user that {@link #next} moved to; empty in a file that names none. */
    public String user() {
        return row.user().toString();
    }

    /** The item that {@link #next} moved to. */
    public String item() {
        return row.item().toString();
    }

    IdKey userKey() {
        return row.user();
    }

    IdKey itemKey() {
        return row.item();
    }

    /** The rating that {@link #next} moved to; means nothing in a file of pairs. */
    public float rating() {
        return row.rating();
    }

    /** Its time, as the file counts it; means nothing unless {@link #hasTimes}. */
    public long time() {
        return row.time();
    }

    /** Whether the file has a column of times. */
    public boolean hasTimes() {
        return layout.time() != RatingLayout.NONE;
    }

    /** Line that {@link #next} moved to, from 1. */
    public long line() {
        return line;
    }

    /** What is wrong with the line that {@link #next} moved to. */
    public InputException wrong(String reason) {
        return new InputException(stream.source(), line, reason);
    }

    long bytesDone() {
        return stream.bytesDone();
    }

    long bytesTotal() {
        return stream.bytesTotal();
    }

    /** Name, size and checksum; complete only behind the last rating. To be asked once. */
    public SourceFile sourceFile() {
        return stream.sourceFile();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
