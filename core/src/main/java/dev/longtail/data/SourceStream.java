package dev.longtail.data;

import dev.longtail.config.InputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a data file, decompressed where its first bytes are those of gzip; counted and summed up as they stand
 * on the disk. A damaged or cut gzip file throws a {@link ZipException} or an {@link EOFException} while it is read.
 */
public final class SourceStream extends InputStream {

    private final String source;
    private final @Nullable DigestStream raw;
    private final @Nullable Path whole;
    private final InputStream in;

    /**
     * A stream that is read from its beginning; closed here when its first bytes cannot be read.
     *
     * @param source     name for messages
     * @param totalBytes size of the stream, or -1 when it is not known
     */
    public SourceStream(InputStream stream, String source, long totalBytes) throws IOException {
        this.source = source;
        this.whole = null;
        DigestStream bytes = new DigestStream(stream, totalBytes);
        this.raw = bytes;
        try {
            this.in = decompressed(bytes, source);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Lines of a file that does not consist of lines: of it nothing is known but its name until it is read anew. */
    private SourceStream(Path file, InputStream lines) {
        this.source = file.toString();
        this.whole = file;
        this.raw = null;
        this.in = lines;
    }

    /** @throws InputException when the file is missing, is a folder, or begins like gzip and is none */
    public static SourceStream open(Path file) throws IOException {
        String source = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(source, 0, "is a folder, expected a file");
            }
            if (RowFormat.isNeeded(file) && Files.size(file) >= 0) {
                return new SourceStream(file, RowFormat.of(file).read(file));
            }
            return new SourceStream(Files.newInputStream(file), source, Files.size(file));
        } catch (NoSuchFileException e) {
            throw new InputException(source, 0, "no such file", e);
        }
    }

    private static InputStream decompressed(DigestStream stream, String source) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        try {
            return gzip ? new GzipStream(buffered) : buffered;
        } catch (ZipException | EOFException e) {
            throw new InputException(source, 0, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    /** Name for messages. */
    public String source() {
        return source;
    }

    /** Bytes read from the file so far, compressed where it is. */
    public long bytesDone() {
        return raw == null ? 0 : raw.count();
    }

    /** Size of the file, or -1 for a stream. */
    public long bytesTotal() {
        return raw == null ? -1 : raw.total();
    }

    /** Name, size and checksum; complete only behind the last byte. To be asked once. */
    public SourceFile sourceFile() {
        if (raw != null) {
            return new SourceFile(source, raw.count(), raw.sha256());
        }
        try {
            return SourceFile.of(Objects.requireNonNull(whole));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
