package dev.longtail.format;

import dev.longtail.matrix.Tensor;

/** Types of numbers in a tensor file, named as safetensors names them. All little endian. */
public enum TensorType {
    /** 32-bit floating point. */
    F32(Float.BYTES),
    /** The upper 16 bits of it. */
    BF16(Character.BYTES),
    /** Unsigned 16-bit integers. */
    U16(Character.BYTES),
    /** Signed 32-bit integers. */
    I32(Integer.BYTES),
    /** Signed 8-bit integers. */
    I8(Byte.BYTES);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** Type that the numbers of a tensor have in a file. */
    public static TensorType of(Tensor tensor) {
        if (tensor instanceof Tensor.Floats) {
            return F32;
        } else if (tensor instanceof Tensor.Brains) {
            return BF16;
        } else if (tensor instanceof Tensor.Bytes) {
            return I8;
        }
        return tensor instanceof Tensor.Chars ? U16 : I32;
    }
}
