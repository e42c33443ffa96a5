package dev.longtail.format;

import dev.longtail.config.Require;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Puts the state of a run back from a checkpoint whose files have passed their checks. */
final class StateReader implements StateCarrier, Closeable {

    private final ModelFolder folder;
    private final Safetensors tensors;
    private final Set<String> taken = new HashSet<>();

    StateReader(ModelFolder folder) throws IOException {
        this.folder = folder;
        this.tensors = Safetensors.open(folder.file(StateWriter.TENSORS));
    }

    /** @throws IllegalArgumentException when something was not asked for, so that the state is that of another run */
    void requireAllTaken() {
        Set<String> left = new TreeSet<>(tensors.names());
        left.removeAll(taken);
        Require.that(left.isEmpty(), "numbers of " + folder.path(), "all of this run", "others: " + left);
    }

    @Override
    public boolean isRestoring() {
        return true;
    }

    @Override
    public void tensor(Tensor live) {
        taken.add(live.name());
        try {
            tensors.readInto(live);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int length(String name, int now) {
        try {
            long length = 1;
            for (long extent : tensors.shape(name)) {
                length = Math.multiplyExact(length, extent);
            }
            return Math.toIntExact(length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public List<Tensor> tensors(String name, List<Tensor> now) {
        List<Tensor> read = new ArrayList<>();
        for (String stored : tensors.names()) {
            if (stored.startsWith(name)) {
                read.add(blank(stored));
                tensor(read.get(read.size() - 1));
            }
        }
        return read.stream()
                .map(tensor -> tensor.named(tensor.name().substring(name.length())))
                .toList();
    }

    private Tensor blank(String name) {
        try {
            List<Long> shape = tensors.shape(name);
            Tensor empty = switch (tensors.type(name)) {
                case F32 -> new Tensor.Floats(name, shape, List.of());
                case BF16 -> new Tensor.Brains(name, shape, List.of());
                case U16 -> new Tensor.Chars(name, shape, List.of());
                case I32 -> new Tensor.Ints(name, shape, List.of());
                case I8 -> new Tensor.Bytes(name, shape, List.of());
            };
            return empty.blank();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void file(String name, Path file) {
        try {
            Files.copy(folder.file(name), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException(
                "the state in " + folder.path() + " cannot be put back: " + cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}
