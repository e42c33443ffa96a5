package dev.longtail.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Encoded examples in a temporary file: memory holds 8 bytes an example and nothing else, so a store may be far larger
 * than memory. An example stands in the file as three counts (features, labels, unknown labels), the features, their
 * weights and the labels, 4 bytes each in the machine's order.
 *
 * <p>Examples are read by position and not through a memory map: mapped pages count as memory of the process, which a
 * run with a memory limit would seem to exceed. The file is deleted on {@link #close}; on systems that allow it, it
 * loses its name when it is created, so that nothing stays behind when the process is killed.
 */
public final class ExampleStore implements Examples, Closeable {

    private static final int HEADER = 3 * Integer.BYTES;
    private static final int PAGE_BITS = 16;

    private final FileChannel channel;
    private final List<long[]> offsets;
    private final int size;

    private ExampleStore(FileChannel channel, List<long[]> offsets, int size) {
        this.channel = channel;
        this.offsets = offsets;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    /** Size of the file in bytes. */
    public long bytes() {
        return offset(offsets, size);
    }

    /**
     * {@inheritDoc}
     *
     * @throws CancellationException when the thread is interrupted; the store cannot be read any more
     * @throws UncheckedIOException  when the file cannot be read
     */
    @Override
    public void read(int example, Example into) {
        if (example < 0 || example >= size) {
            throw new IndexOutOfBoundsException("example " + example + " of " + size);
        }
        long start = offset(offsets, example);
        int length = (int) (offset(offsets, example + 1) - start);
        if (into.bytes.capacity() < length) {
            into.bytes = allocate(Math.max(length, 2 * into.bytes.capacity()));
        }
        into.bytes.clear().limit(length);
        try {
            fill(into.bytes, start);
        } catch (IOException e) {
            throw failure("reading", e);
        }
        into.bytes.flip();
        decode(into.bytes, into);
    }

    private void fill(ByteBuffer bytes, long start) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the temporary file of the examples has become shorter");
            }
        }
    }

    private static void decode(ByteBuffer bytes, Example into) {
        into.featureCount = bytes.getInt();
        into.labelCount = bytes.getInt();
        into.unknownLabels = bytes.getInt();
        into.ensureFeatures(into.featureCount);
        into.ensureLabels(into.labelCount);
        for (int i = 0; i < into.featureCount; i++) {
            into.features[i] = bytes.getInt();
        }
        for (int i = 0; i < into.featureCount; i++) {
            into.weights[i] = bytes.getFloat();
        }
        for (int i = 0; i < into.labelCount; i++) {
            into.labels[i] = bytes.getInt();
        }
    }

    private static long offset(List<long[]> pages, int example) {
        return pages.get(example >>> PAGE_BITS)[example & (1 << PAGE_BITS) - 1];
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    private static RuntimeException failure(String doing, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new CancellationException(doing + " the store of examples was cancelled");
        }
        return new UncheckedIOException(doing + " the store of examples failed: " + e.getMessage(), e);
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Takes examples one after the other; used by one thread. Closing without {@link #finish} deletes the file. */
    public static final class Writer implements Closeable {

        private final Path file;
        private final FileChannel channel;
        private final List<long[]> offsets = new ArrayList<>();
        private ByteBuffer buffer = allocate(1 << 18);
        private long end;
        private int size;
        private boolean finished;

        /** Creates the file in {@code folder}, which is made when it does not exist. */
        public Writer(Path folder) throws IOException {
            Files.createDirectories(folder);
            // createTempFile chooses the name and the owner-only permissions, the options then tie its life to ours.
            this.file = Files.createTempFile(folder, "longtail-examples-", ".tmp");
            this.channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            remember(0);
        }

        /** Appends an example. */
        public void add(Example example) throws IOException {
            if (size == Integer.MAX_VALUE - 1) {
                throw new IOException("more than 2^31 - 2 examples");
            }
            long needed = HEADER + 8L * example.featureCount + 4L * example.labelCount;
            if (needed > Integer.MAX_VALUE - 8) {
                throw new IOException("an example of " + needed + " bytes, at most 2^31 - 9");
            }
            if (buffer.remaining() < needed) {
                flush();
            }
            if (buffer.capacity() < needed) {
                buffer = allocate((int) needed);
            }
            encode(example);
            end += needed;
            size++;
            remember(end);
        }

        private void encode(Example example) {
            buffer.putInt(example.featureCount).putInt(example.labelCount).putInt(example.unknownLabels);
            for (int i = 0; i < example.featureCount; i++) {
                buffer.putInt(example.features[i]);
            }
            for (int i = 0; i < example.featureCount; i++) {
                buffer.putFloat(example.weights[i]);
            }
            for (int i = 0; i < example.labelCount; i++) {
                buffer.putInt(example.labels[i]);
            }
        }

        private void remember(long offset) {
            if (size >>> PAGE_BITS == offsets.size()) {
                offsets.add(new long[1 << PAGE_BITS]);
            }
            offsets.get(size >>> PAGE_BITS)[size & (1 << PAGE_BITS) - 1] = offset;
        }

        private void flush() throws IOException {
            buffer.flip();
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (ClosedByInterruptException e) {
                throw failure("writing", e);
            } catch (IOException e) {
                throw new IOException(
                        "writing examples to " + file + " failed: " + e.getMessage() + "; is there room on the disk?",
                        e);
            }
            buffer.clear();
        }

        /** The store of all examples added; this writer takes no more. */
        public ExampleStore finish() throws IOException {
            flush();
            finished = true;
            return new ExampleStore(channel, offsets, size);
        }

        @Override
        public void close() throws IOException {
            if (!finished) {
                channel.close();
            }
        }
    }
}
