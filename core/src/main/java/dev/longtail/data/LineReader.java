package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a UTF-8 file, plain or gzip by its first bytes, with or without a byte order mark, ended by LF or CR LF,
 * the last one perhaps not ended. Bytes that are not UTF-8 are an error that names line and byte.
 */
public final class LineReader implements Closeable {

    /** Longest line in bytes. A longer one is no example but a file of another kind. */
    public static final int MAX_LINE = 1 << 28;

    private final String source;
    private final SourceStream in;
    private final ArrayDeque<String> ahead = new ArrayDeque<>();
    private byte[] bytes = new byte[1 << 16];
    private int from;
    private int to;
    private boolean ended;
    private long linesRead; // from the file
    private long line; // given to the caller

    LineReader(InputStream stream, String source, long totalBytes) throws IOException {
        this.source = source;
        this.in = new SourceStream(stream, source, totalBytes);
    }

    /** @throws InputException when the file is missing or is a folder */
    public static LineReader open(Path file) throws IOException {
        return new LineReader(SourceStream.open(file));
    }

    private LineReader(SourceStream in) {
        this.source = in.source();
        this.in = in;
    }

    /** The first lines, at most {@code count}; {@link #next} will return them again. */
    List<String> head(int count) throws IOException {
        while (ahead.size() < count) {
            String text = readLine();
            if (text == null) {
                break;
            }
            ahead.add(text);
        }
        return new ArrayList<>(ahead);
    }

    /** The next line without its end, or null behind the last one. */
    public @Nullable String next() throws IOException {
        String text = ahead.isEmpty() ? readLine() : ahead.poll();
        if (text != null) {
            line++;
        }
        return text;
    }

    /** Number of the line that {@link #next} returned last, from 1. */
    public long line() {
        return line;
    }

    /** Name of the file for messages. */
    public String source() {
        return source;
    }

    /** Bytes read from the file so far, compressed where it is. */
    public long bytesDone() {
        return in.bytesDone();
    }

    /** Size of the file, or -1 for a stream. */
    public long bytesTotal() {
        return in.bytesTotal();
    }

    /** Name, size and checksum; complete only behind the last line. */
    public SourceFile sourceFile() {
        return in.sourceFile();
    }

    /** What is wrong with the line that {@link #next} returned last. */
    public InputException wrong(String reason) {
        return new InputException(source, line, reason);
    }

    private @Nullable String readLine() throws IOException {
        int scanned = from;
        while (true) {
            for (int i = scanned; i < to; i++) {
                if (bytes[i] == '\n') {
                    int start = from;
                    from = i + 1;
                    return decode(start, i);
                }
            }
            scanned = to - from;
            if (ended || !fill()) {
                int start = from;
                from = to;
                return start == to ? null : decode(start, to);
            }
        }
    }

    /** Moves the begun line to the front of the buffer and reads on behind it; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(bytes, from, bytes, 0, to - from);
        to -= from;
        from = 0;
        if (to == MAX_LINE) {
            throw new InputException(source, linesRead + 1, "line of more than " + MAX_LINE + " bytes; is it text?");
        }
        if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * to);
        }
        try {
            int count = in.read(bytes, to, bytes.length - to);
            ended = count < 0;
            to += Math.max(0, count);
        } catch (ZipException | EOFException e) {
            throw new InputException(source, linesRead + 1, String.valueOf(e.getMessage()), e);
        }
        return !ended;
    }

    private String decode(int start, int end) {
        linesRead++;
        int first = start;
        int last = end;
        if (linesRead == 1
                && last - first >= 3
                && bytes[first] == -17
                && bytes[first + 1] == -69
                && bytes[first + 2] == -65) {
            first += 3;
        }
        if (last > first && bytes[last - 1] == '\r') {
            last--;
        }
        String text = new String(bytes, first, last - first, StandardCharsets.UTF_8);
        // The fast decoder above puts U+FFFD in place of what is not UTF-8.
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(first, last, first - start);
        }
        return text;
    }

    private void checkUtf8(int first, int last, int skipped) {
        ByteBuffer encoded = ByteBuffer.wrap(bytes, first, last - first);
        CharBuffer decoded = CharBuffer.allocate(last - first);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(encoded, decoded, true);
        if (result.isError()) {
            throw new InputException(
                    source,
                    linesRead,
                    String.format(
                            Locale.ROOT,
                            "byte %d of the line (0x%02x) is not UTF-8; convert the file to UTF-8",
                            encoded.position() - first + skipped + 1,
                            encoded.get(encoded.position())));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
