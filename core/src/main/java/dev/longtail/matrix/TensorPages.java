package dev.longtail.matrix;

import dev.longtail.config.Require;
import java.nio.ByteBuffer;
import java.util.List;

/** Moves numbers between bytes and the pages of tensors, arrays of floats, chars, ints or bytes. */
public final class TensorPages {

    private TensorPages() {}

    /** The live pages of a tensor. */
    public static List<?> of(Tensor tensor) {
        if (tensor instanceof Tensor.Floats floats) {
            return floats.pages();
        } else if (tensor instanceof Tensor.Brains brains) {
            return brains.pages();
        } else if (tensor instanceof Tensor.Chars chars) {
            return chars.pages();
        } else if (tensor instanceof Tensor.Bytes bytes) {
            return bytes.pages();
        }
        return ((Tensor.Ints) tensor).pages();
    }

    /**
     * Checks that the pages together are as long as the shape says.
     *
     * @return number of bytes of the tensor in a file
     */
    public static long checkedBytes(Tensor tensor) {
        for (long extent : tensor.shape()) {
            Require.that(extent >= 0, "every extent of tensor " + tensor.name(), "at least 0", extent);
        }
        long elements = tensor.elements();
        long inPages = of(tensor).stream().mapToLong(TensorPages::length).sum();
        Require.that(
                inPages == elements,
                "the pages of tensor " + tensor.name(),
                elements + " numbers long as its shape " + tensor.shape() + " is",
                inPages);
        return Math.multiplyExact(elements, numberBytes(tensor));
    }

    /** Bytes of one number of a tensor, in memory and in a file. */
    public static int numberBytes(Tensor tensor) {
        if (tensor instanceof Tensor.Bytes) {
            return Byte.BYTES;
        }
        return tensor instanceof Tensor.Floats || tensor instanceof Tensor.Ints ? Float.BYTES : Character.BYTES;
    }

    /** Numbers in a page. */
    public static int length(Object page) {
        if (page instanceof float[] floats) {
            return floats.length;
        } else if (page instanceof char[] chars) {
            return chars.length;
        } else if (page instanceof byte[] bytes) {
            return bytes.length;
        }
        return ((int[]) page).length;
    }

    /** Numbers of the page to bytes from position 0 on; position and limit are left alone. */
    public static void put(Object page, int offset, int n, ByteBuffer bytes) {
        if (page instanceof float[] floats) {
            bytes.asFloatBuffer().put(floats, offset, n);
        } else if (page instanceof char[] chars) {
            bytes.asCharBuffer().put(chars, offset, n);
        } else if (page instanceof byte[] numbers) {
            bytes.duplicate().put(numbers, offset, n);
        } else {
            bytes.asIntBuffer().put((int[]) page, offset, n);
        }
    }

    /** Bytes from the position on to numbers of the page; position and limit are left alone. */
    public static void get(ByteBuffer bytes, Object page, int offset, int n) {
        if (page instanceof float[] floats) {
            bytes.asFloatBuffer().get(floats, offset, n);
        } else if (page instanceof char[] chars) {
            bytes.asCharBuffer().get(chars, offset, n);
        } else if (page instanceof byte[] numbers) {
            bytes.duplicate().get(numbers, offset, n);
        } else {
            bytes.asIntBuffer().get((int[]) page, offset, n);
        }
    }
}
