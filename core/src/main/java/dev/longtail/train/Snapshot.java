package dev.longtail.train;

import dev.longtail.matrix.Parameters;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The best parameters so far, kept in a temporary file so that they cost no memory while training goes on. Parameters
 * may change their shapes from one save to the next.
 */
final class Snapshot implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final Parameters parameters;
    private List<Tensor> changing = List.of();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    /** @param folder for the file */
    Snapshot(Parameters parameters, Path folder) throws IOException {
        this.parameters = parameters;
        this.file = Files.createTempFile(folder, "longtail-best-", ".bin");
    }

    /** Copies the parameters as they are now to the file. */
    void save() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (Tensor tensor : parameters.fixed()) {
                save(tensor, channel);
            }
            List<Tensor> others = parameters.changing();
            changing = others.stream().map(Tensor::withoutNumbers).toList();
            for (Tensor tensor : others) {
                save(tensor, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the best parameters in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Puts the parameters of the latest {@link #save} back. */
    void restore() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Tensor tensor : parameters.fixed()) {
                restore(tensor, channel);
            }
            List<Tensor> others = changing.stream().map(Tensor::blank).toList();
            for (Tensor tensor : others) {
                restore(tensor, channel);
            }
            parameters.take(others);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the best parameters from " + file + ": " + e.getMessage(), e);
        }
    }

    private void save(Tensor tensor, FileChannel channel) throws IOException {
        int bytes = TensorPages.numberBytes(tensor);
        int step = BUFFER_BYTES / bytes;
        for (Object page : TensorPages.of(tensor)) {
            for (int at = 0; at < TensorPages.length(page); at += step) {
                int count = Math.min(TensorPages.length(page) - at, step);
                TensorPages.put(page, at, count, buffer.clear());
                write(channel, count * bytes);
            }
        }
    }

    private void restore(Tensor tensor, FileChannel channel) throws IOException {
        int bytes = TensorPages.numberBytes(tensor);
        int step = BUFFER_BYTES / bytes;
        for (Object page : TensorPages.of(tensor)) {
            for (int at = 0; at < TensorPages.length(page); at += step) {
                int count = Math.min(TensorPages.length(page) - at, step);
                read(channel, count * bytes);
                TensorPages.get(buffer, page, at, count);
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
