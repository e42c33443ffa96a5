package dev.longtail.vocabulary;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Characters of a UTF-8 stream with or without a byte order mark. Bytes that are not UTF-8 are an error that names the
 * line; the JDK's reader would put another character in their place, or tell no line.
 */
final class Utf8Reader extends Reader {

    private static final int SIZE = 1 << 16;

    private final InputStream in;
    private final String source;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
    private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
    private boolean started;
    private boolean ended;
    private long line = 1;
    private long characters;

    /** @param source name of the stream for messages */
    Utf8Reader(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(into, offset, count);
        characters += count;
        return count;
    }

    /** Characters that were read so far. */
    long characters() {
        return characters;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        chars.flip();
        countLines();
        if (result.isError()) {
            throw new InputException(
                    source,
                    line,
                    String.format(
                            Locale.ROOT,
                            "byte 0x%02x is not UTF-8; convert the file to UTF-8",
                            bytes.get(bytes.position())));
        }
        if (!started && chars.hasRemaining()) {
            started = true;
            if (chars.get(0) == '\uFEFF') {
                chars.position(1);
            }
        }
    }

    private void countLines() {
        for (int i = chars.position(); i < chars.limit(); i++) {
            line += chars.get(i) == '\n' ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
