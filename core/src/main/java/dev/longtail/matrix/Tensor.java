package dev.longtail.matrix;

import java.util.List;

/**
 * A named array of numbers as it stands in a model file: shape, and the pages that hold its elements one after the
 * other in row-major order. The pages are the live arrays of a model, not copies. Pages of floats
 * of 32 or 16 bits, of unsigned 16-bit, of 32-bit or of signed 8-bit integers.
 */
public sealed interface Tensor {

    /** Name in the file, for example {@code output.weights}. */
    String name();

    /** Extent of each dimension; the product is the number of elements, the sum of the pages' lengths. */
    List<Long> shape();

    /** Number of elements. */
    default long elements() {
        long elements = 1;
        for (long extent : shape()) {
            elements = Math.multiplyExact(elements, extent);
        }
        return elements;
    }

    /** A tensor of zeros of the same name, type and shape, in one page. */
    default Tensor blank() {
        return withPage(true);
    }

    /** Name, type and shape of the tensor, and no pages. */
    default Tensor withoutNumbers() {
        return withPage(false);
    }

    /** The same numbers under another name. */
    default Tensor named(String other) {
        if (this instanceof Floats floats) {
            return new Floats(other, shape(), floats.pages());
        } else if (this instanceof Brains brains) {
            return new Brains(other, shape(), brains.pages());
        } else if (this instanceof Chars chars) {
            return new Chars(other, shape(), chars.pages());
        } else if (this instanceof Bytes bytes) {
            return new Bytes(other, shape(), bytes.pages());
        }
        return new Ints(other, shape(), ((Ints) this).pages());
    }

    private Tensor withPage(boolean zeros) {
        int length = zeros ? Math.toIntExact(elements()) : 0;
        if (this instanceof Floats) {
            return new Floats(name(), shape(), zeros ? List.of(new float[length]) : List.of());
        } else if (this instanceof Brains) {
            return new Brains(name(), shape(), zeros ? List.of(new char[length]) : List.of());
        } else if (this instanceof Chars) {
            return new Chars(name(), shape(), zeros ? List.of(new char[length]) : List.of());
        } else if (this instanceof Bytes) {
            return new Bytes(name(), shape(), zeros ? List.of(new byte[length]) : List.of());
        }
        return new Ints(name(), shape(), zeros ? List.of(new int[length]) : List.of());
    }

    /** 32-bit floating point (safetensors F32). */
    record Floats(String name, List<Long> shape, List<float[]> pages) implements Tensor {}

    /** 16-bit floating point, see {@link BrainFloat} (safetensors BF16). */
    record Brains(String name, List<Long> shape, List<char[]> pages) implements Tensor {}

    /** Unsigned 16-bit integers (safetensors U16). */
    record Chars(String name, List<Long> shape, List<char[]> pages) implements Tensor {}

    /** Signed 32-bit integers (safetensors I32). */
    record Ints(String name, List<Long> shape, List<int[]> pages) implements Tensor {}

    /** Signed 8-bit integers, see {@link ByteRows} (safetensors I8). */
    record Bytes(String name, List<Long> shape, List<byte[]> pages) implements Tensor {}
}
