package dev.longtail.train;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The best parameters so far, kept in a temporary file so that they cost no memory while training goes on. */
final class Snapshot implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final List<Tensor> tensors;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    Snapshot(List<Tensor> tensors, Path folder) throws IOException {
        this.tensors = tensors;
        this.file = Files.createTempFile(folder, "longtail-best-", ".bin");
    }

    /** Copies the parameters as they are now to the file. */
    void save() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (Tensor tensor : tensors) {
                save(tensor, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the best parameters in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Puts the parameters of the latest {@link #save} back. */
    void restore() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Tensor tensor : tensors) {
                restore(tensor, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the best parameters from " + file + ": " + e.getMessage(), e);
        }
    }

    private void save(Tensor tensor, FileChannel channel) throws IOException {
        if (tensor instanceof Tensor.Floats floats) {
            for (float[] page : floats.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Float.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Float.BYTES);
                    buffer.clear().asFloatBuffer().put(page, at, count);
                    write(channel, count * Float.BYTES);
                }
            }
        } else if (tensor instanceof Tensor.Chars chars) {
            for (char[] page : chars.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Character.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Character.BYTES);
                    buffer.clear().asCharBuffer().put(page, at, count);
                    write(channel, count * Character.BYTES);
                }
            }
        } else if (tensor instanceof Tensor.Ints ints) {
            for (int[] page : ints.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Integer.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Integer.BYTES);
                    buffer.clear().asIntBuffer().put(page, at, count);
                    write(channel, count * Integer.BYTES);
                }
            }
        } else {
            throw new IllegalStateException("no snapshot of tensor " + tensor.name());
        }
    }

    private void restore(Tensor tensor, FileChannel channel) throws IOException {
        if (tensor instanceof Tensor.Floats floats) {
            for (float[] page : floats.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Float.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Float.BYTES);
                    read(channel, count * Float.BYTES);
                    buffer.asFloatBuffer().get(page, at, count);
                }
            }
        } else if (tensor instanceof Tensor.Chars chars) {
            for (char[] page : chars.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Character.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Character.BYTES);
                    read(channel, count * Character.BYTES);
                    buffer.asCharBuffer().get(page, at, count);
                }
            }
        } else if (tensor instanceof Tensor.Ints ints) {
            for (int[] page : ints.pages()) {
                for (int at = 0; at < page.length; at += BUFFER_BYTES / Integer.BYTES) {
                    int count = Math.min(page.length - at, BUFFER_BYTES / Integer.BYTES);
                    read(channel, count * Integer.BYTES);
                    buffer.asIntBuffer().get(page, at, count);
                }
            }
        }
    }

    private void write(FileChannel channel, int bytes) throws IOException {
        buffer.position(0).limit(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private void read(FileChannel channel, int bytes) throws IOException {
        buffer.clear().limit(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("file ends early");
            }
        }
        buffer.flip();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
