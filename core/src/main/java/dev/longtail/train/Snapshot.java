package dev.longtail.train;

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
import java.util.function.Supplier;

/**
 * The best parameters so far, kept in a temporary file so that they cost no memory while training goes on. Parameters
 * may change their shapes from one save to the next; then {@link #restore(Room)} is told the shapes it puts back.
 */
final class Snapshot implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    /** Gives parameters other shapes. */
    @FunctionalInterface
    interface Room {

        /**
         * Makes room for parameters of these shapes.
         *
         * @return the live tensors, one for each shape, of the same name and type and with pages of any lengths
         */
        List<Tensor> resize(List<Shape> shapes);
    }

    /** What a tensor was when it was saved. */
    record Shape(String name, List<Long> extents) {}

    private final Path file;
    private final Supplier<List<Tensor>> tensors;
    private List<Shape> saved = List.of();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());

    /** Of parameters whose arrays stay the same. */
    Snapshot(List<Tensor> tensors, Path folder) throws IOException {
        this(() -> tensors, folder);
    }

    /** @param tensors asked for anew at each save and restore */
    Snapshot(Supplier<List<Tensor>> tensors, Path folder) throws IOException {
        this.tensors = tensors;
        this.file = Files.createTempFile(folder, "longtail-best-", ".bin");
    }

    /** Copies the parameters as they are now to the file. */
    void save() {
        List<Tensor> now = tensors.get();
        saved = shapes(now);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (Tensor tensor : now) {
                save(tensor, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the best parameters in " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Puts the parameters of the latest {@link #save} back.
     *
     * @throws IllegalStateException when they have other shapes now
     */
    void restore() {
        restore(shapes -> {
            throw new IllegalStateException("parameters changed from " + shapes + " to " + shapes(tensors.get()));
        });
    }

    /**
     * Puts the parameters of the latest {@link #save} back.
     *
     * @param room asked where shapes have changed since
     */
    void restore(Room room) {
        List<Tensor> now = tensors.get();
        List<Tensor> live = shapes(now).equals(saved) ? now : room.resize(saved);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (Tensor tensor : live) {
                restore(tensor, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the best parameters from " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Shape> shapes(List<Tensor> tensors) {
        return tensors.stream()
                .map(tensor -> new Shape(tensor.name(), tensor.shape()))
                .toList();
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
