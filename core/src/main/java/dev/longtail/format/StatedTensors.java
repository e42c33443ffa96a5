package dev.longtail.format;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
            Tensor tensor = blank(file, name, tensors);
            tensors.copyInto(tensor);
            read.add(tensor);
        }
        return read;
    }

    /** A tensor of the shape that the file states, which its header's checks have found no larger than the file. */
    private static Tensor blank(Path file, String name, Safetensors tensors) throws ModelFormatException {
        List<Long> shape = tensors.shape(name);
        if (shape.size() != 1 || shape.get(0) > Integer.MAX_VALUE - 8) {
            throw new ModelFormatException(file, -1, "tensor " + name + " has the shape " + shape + ", not one extent");
        }
        int length = (int) (long) shape.get(0);
        return switch (tensors.type(name)) {
            case F32 -> new Tensor.Floats(name, shape, List.of(new float[length]));
            case I32 -> new Tensor.Ints(name, shape, List.of(new int[length]));
            case I8 -> new Tensor.Bytes(name, shape, List.of(new byte[length]));
            case U16 -> new Tensor.Chars(name, shape, List.of(new char[length]));
            case BF16 -> new Tensor.Brains(name, shape, List.of(new char[length]));
        };
    }
}
