package dev.longtail.train;

import dev.longtail.matrix.Parameters;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The best parameters so far, kept in a temporary file so that they cost no memory while training goes on. Parameters
 * may change their shapes from one save to the next.
 */
final class Snapshot implements AutoCloseable, Stateful {

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

    /** {@inheritDoc} Only after {@link #save}. */
    @Override
    public void carry(String name, StateCarrier state) {
        state.file("best.bin", file);
        StringBuilder lines = new StringBuilder();
        changing.forEach(tensor -> lines.append(line(tensor)));
        changing = new String(state.resized(name + ".shapes", lines.toString().toCharArray()))
                .lines()
                .map(Snapshot::tensor)
                .toList();
    }

    /** Type, name and shape. */
    private static String line(Tensor tensor) {
        String extents = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return tensor.getClass().getSimpleName() + " " + tensor.name() + " " + extents + "\n";
    }

    private static Tensor tensor(String line) {
        String[] words = line.split(" ", -1);
        List<Long> shape =
                Arrays.stream(words, 2, words.length).map(Long::valueOf).toList();
        return switch (words[0]) {
            case "Floats" -> new Tensor.Floats(words[1], shape, List.of());
            case "Brains" -> new Tensor.Brains(words[1], shape, List.of());
            case "Chars" -> new Tensor.Chars(words[1], shape, List.of());
            case "Bytes" -> new Tensor.Bytes(words[1], shape, List.of());
            case "Ints" -> new Tensor.Ints(words[1], shape, List.of());
            default -> throw new IllegalArgumentException("there are no tensors of " + words[0]);
        };
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
