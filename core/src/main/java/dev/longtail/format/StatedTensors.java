package dev.longtail.format;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the files whose tensors have the lengths that the file states, and not lengths that the settings ask for. */
final class StatedTensors {

    private StatedTensors() {}

    /**
     * All tensors of a file.
     *
     * @param allowed types of numbers that the file may have
     * @throws ModelFormatException when a tensor has another type or more than one extent
     */
    static List<Tensor> read(Path file, Safetensors tensors, Set<TensorType> allowed) throws IOException {
        List<Tensor> read = new ArrayList<>();
        for (String name : tensors.names()) {
            if (!allowed.contains(tensors.type(name))) {
                throw new ModelFormatException(
                        file,
                        -1,
                        "tensor " + name + " is " + tensors.type(name) + ", the file may have "
                                + allowed.stream().sorted().toList() + " only");
            }
            Tensor tensor = blank(file, name, tensors, 1);
            tensors.copyInto(tensor);
            read.add(tensor);
        }
        return read;
    }

    /**
     * Some tensors of a file, of any type.
     *
     * @param wanted which, by their names
     * @throws ModelFormatException when a tensor has more than two extents
     */
    static List<Tensor> read(Path file, Safetensors tensors, Predicate<String> wanted) throws IOException {
        List<Tensor> read = new ArrayList<>();
        for (String name : tensors.names()) {
            if (wanted.test(name)) {
                Tensor tensor = blank(file, name, tensors, 2);
                tensors.copyInto(tensor);
                read.add(tensor);
            }
        }
        return read;
    }

    /** A tensor of the shape that the file states, which its header's checks have found no larger than the file. */
    private static Tensor blank(Path file, String name, Safetensors tensors, int most) throws ModelFormatException {
        List<Long> shape = tensors.shape(name);
        long elements = shape.stream().reduce(1L, (a, b) -> a * b); // the header's checks have found no overflow
        if (shape.isEmpty() || shape.size() > most || elements > Integer.MAX_VALUE - 8) {
            String wanted = most == 1 ? "one extent" : "one or two extents of at most 2^31 numbers";
            throw new ModelFormatException(file, -1, "tensor " + name + " has the shape " + shape + ", not " + wanted);
        }
        Tensor stated = switch (tensors.type(name)) {
            case F32 -> new Tensor.Floats(name, shape, List.of());
            case I32 -> new Tensor.Ints(name, shape, List.of());
            case I8 -> new Tensor.Bytes(name, shape, List.of());
            case U16 -> new Tensor.Chars(name, shape, List.of());
            case BF16 -> new Tensor.Brains(name, shape, List.of());
        };
        return stated.blank();
    }
}
