package dev.longtail.format;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files of tensors in the safetensors format: eight bytes with the length of the header, the header as JSON, then the
 * numbers of all tensors without holes, little endian, row-major.
 *
 * <p>An instance is an open file whose header has passed all checks. Not for several threads at once.
 */
public final class Safetensors implements Closeable {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int WINDOW_BYTES = 1 << 30; // a MappedByteBuffer ends below 2^31

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final int windowBytes;
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    private Safetensors(Path file, FileChannel channel, int windowBytes) throws IOException {
        this.file = file;
        this.channel = channel;
        this.windowBytes = windowBytes;
        long size = channel.size();
        long length = headerLength(file, channel, size);
        ByteBuffer json = ByteBuffer.allocate((int) length);
        readFully(file, channel, json, SafetensorsHeader.LENGTH_BYTES);
        dataStart = SafetensorsHeader.LENGTH_BYTES + length;
        header = SafetensorsParser.parse(file, json, size - dataStart);
    }

    /**
     * Writes tensors, page by page without a copy of the whole. Their order in the file is by width of the numbers,
     * widest first, then by name, so that every tensor is aligned; the same tensors make the same bytes.
     *
     * @param channel  gets the file from its first to its last byte; stays open
     * @param metadata texts to store beside the tensors
     * @throws IllegalArgumentException when pages and shape of a tensor disagree, or two have the same name
     */
    public static void write(WritableByteChannel channel, List<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        Set<String> names = new HashSet<>(Set.of(SafetensorsHeader.METADATA));
        for (Tensor tensor : tensors) {
            Require.that(names.add(tensor.name()), "names of tensors", "distinct and not __metadata__", tensor.name());
        }
        List<Tensor> ordered = tensors.stream()
                .sorted(Comparator.comparingInt(
                                (Tensor tensor) -> -TensorType.of(tensor).bytes())
                        .thenComparing(Tensor::name))
                .toList();
        writeFully(channel, ByteBuffer.wrap(SafetensorsHeader.bytes(ordered, metadata)));
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor tensor : ordered) {
            for (Object page : TensorPages.of(tensor)) {
                writePage(channel, page, TensorType.of(tensor).bytes(), buffer);
            }
        }
    }

    /**
     * Opens a file and checks its header: length, JSON, types, and that shapes, offsets and the size of the file agree.
     *
     * @throws ModelFormatException when it is not such a file
     */
    public static Safetensors open(Path file) throws IOException {
        return open(file, WINDOW_BYTES);
    }

    /** The same with another size of the mapped windows, a multiple of four. */
    static Safetensors open(Path file, int windowBytes) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(file, -1, "there is no such file");
        }
        try {
            return new Safetensors(file, channel, windowBytes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Names of the tensors in the order of their data. */
    public Set<String> names() {
        return header.entries().keySet();
    }

    /** Extents of a tensor. */
    public List<Long> shape(String name) throws ModelFormatException {
        return entry(name).shape();
    }

    /** Type of the numbers of a tensor. */
    public TensorType type(String name) throws ModelFormatException {
        return entry(name).type();
    }

    /** Texts stored beside the tensors. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Fills the pages of a tensor with the numbers that the file has under its name.
     *
     * @throws ModelFormatException     when the file has no such tensor, or one of another type or shape
     * @throws IllegalArgumentException when pages and shape of the given tensor disagree
     */
    public void copyInto(Tensor tensor) throws IOException {
        SafetensorsHeader.Entry entry = fitting(tensor);
        fill(tensor, dataStart + entry.begin(), dataStart + entry.end());
    }

    /**
     * The same by file calls: a mapped file counts as memory of the process, which a run inside a limit does not have.
     *
     * @throws ModelFormatException     when the file has no such tensor, or one of another type or shape
     * @throws IllegalArgumentException when pages and shape of the given tensor disagree
     */
    void readInto(Tensor tensor) throws IOException {
        long position = dataStart + fitting(tensor).begin();
        int bytes = TensorType.of(tensor).bytes();
        ByteBuffer buffer = readBuffer();
        for (Object page : TensorPages.of(tensor)) {
            int length = TensorPages.length(page);
            for (int offset = 0; offset < length; ) {
                int n = Math.min(length - offset, buffer.capacity() / bytes);
                readFully(file, channel, buffer.clear().limit(n * bytes), position);
                TensorPages.get(buffer, page, offset, n);
                position += (long) n * bytes;
                offset += n;
            }
        }
    }

    private ByteBuffer readBuffer() {
        if (buffer.capacity() == 0) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffer;
    }

    /** The entry of a tensor that has its type and shape. */
    private SafetensorsHeader.Entry fitting(Tensor tensor) throws ModelFormatException {
        TensorPages.checkedBytes(tensor);
        SafetensorsHeader.Entry entry = entry(tensor.name());
        TensorType type = TensorType.of(tensor);
        if (entry.type() != type || !entry.shape().equals(tensor.shape())) {
            throw new ModelFormatException(
                    file,
                    dataStart + entry.begin(),
                    "tensor " + entry.name() + " is " + entry.type() + " " + entry.shape() + ", the model needs " + type
                            + " " + tensor.shape() + "; the files are not of one model");
        }
        return entry;
    }

    /**
     * Bytes of a tensor as they stand in the file, little endian, from one of them on: all to its end or, of a large
     * tensor, as many as fit into a window.
     *
     * @param offset from 0, below the bytes of the tensor
     */
    ByteBuffer bytes(String name, long offset) throws IOException {
        SafetensorsHeader.Entry entry = entry(name);
        long start = dataStart + entry.begin() + offset;
        long length = Math.min(windowBytes, dataStart + entry.end() - start);
        return channel.map(MapMode.READ_ONLY, start, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Fills the pages from the bytes of the file between start and end, which the header's checks made to fit. */
    private void fill(Tensor tensor, long start, long end) throws IOException {
        int bytes = TensorType.of(tensor).bytes();
        long position = start;
        MappedByteBuffer window = null;
        for (Object page : TensorPages.of(tensor)) {
            for (int offset = 0; offset < TensorPages.length(page); ) {
                if (window == null || !window.hasRemaining()) {
                    window = channel.map(MapMode.READ_ONLY, position, Math.min(windowBytes, end - position));
                    window.order(ByteOrder.LITTLE_ENDIAN);
                }
                int n = Math.min(TensorPages.length(page) - offset, window.remaining() / bytes);
                TensorPages.get(window, page, offset, n);
                window.position(window.position() + n * bytes);
                position += (long) n * bytes;
                offset += n;
            }
        }
    }

    private SafetensorsHeader.Entry entry(String name) throws ModelFormatException {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new ModelFormatException(file, -1, "there is no tensor " + name + ", the file holds " + names());
        }
        return entry;
    }

    private static long headerLength(Path file, FileChannel channel, long size) throws IOException {
        if (size < SafetensorsHeader.LENGTH_BYTES) {
            throw new ModelFormatException(file, size, "ends within the length of the header; the file is cut off");
        }
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, buffer, 0);
        long length = buffer.getLong();
        if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
            throw new ModelFormatException(
                    file,
                    0,
                    "a header of " + Long.toUnsignedString(length) + " bytes is announced, the limit is "
                            + SafetensorsHeader.MAX_BYTES + "; the file is damaged or no tensor file");
        }
        if (length > size - SafetensorsHeader.LENGTH_BYTES) {
            throw new ModelFormatException(
                    file, size, "ends within its header of " + length + " bytes; the file is cut off");
        }
        return length;
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer buffer, long start) throws IOException {
        long position = start;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new ModelFormatException(file, position, "ended while it was read; somebody is changing it");
            }
            position += read;
        }
        buffer.flip();
    }

    private static void writePage(WritableByteChannel channel, Object page, int numberBytes, ByteBuffer buffer)
            throws IOException {
        int length = TensorPages.length(page);
        int step = buffer.capacity() / numberBytes;
        for (int offset = 0; offset < length; offset += step) {
            int n = Math.min(step, length - offset);
            buffer.clear();
            TensorPages.put(page, offset, n, buffer);
            writeFully(channel, buffer.limit(n * numberBytes));
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
