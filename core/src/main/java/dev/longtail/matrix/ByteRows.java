package dev.longtail.matrix;

import dev.longtail.config.Require;
import dev.longtail.kernel.Vectors;
import java.util.Arrays;

/**
 * Rows of numbers in 8 bits, for reading: signed bytes and for each row a scale, number = scale * byte. With m the
 * largest magnitude of a row
 *
 * <pre>
 *   scale = m / 127,   byte = the whole number nearest to number / scale, in [-127, 127]
 * </pre>
 *
 * so no number moves by more than scale / 2, and zero stays zero. One scale a row: rows of frequent words or labels are
 * several times as long as rare ones, and a common scale would leave those few steps.
 *
 * @param width numbers of a row, at least 1
 * @param values byte[rows][width]
 * @param scales float[rows], finite and at least 0
 */
public record ByteRows(int width, byte[] values, float[] scales) {

    private static final int LARGEST = Byte.MAX_VALUE;

    public ByteRows {
        Require.that(width >= 1, "width", "at least 1", width);
        Require.that(values.length == (long) scales.length * width, "values", "as long as all rows are", values.length);
    }

    /** Rows of zeros, to be filled. */
    public static ByteRows zeros(int rows, int width) {
        return new ByteRows(width, new byte[Math.multiplyExact(rows, width)], new float[rows]);
    }

    /** Number of rows. */
    public int rows() {
        return scales.length;
    }

    /**
     * Makes a row the nearest to {@code numbers}.
     *
     * @throws IllegalArgumentException when one of the numbers is not finite
     */
    public void set(int row, float[] numbers, int offset) {
        float largest = 0;
        for (int i = offset; i < offset + width; i++) {
            Require.that(Float.isFinite(numbers[i]), "every number of row " + row, "finite", numbers[i]);
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        float scale = largest / LARGEST;
        scales[row] = scale;
        for (int i = 0; i < width; i++) {
            // scale is 0 for a row of zeros, and for one below the smallest float, which becomes zeros
            double steps = scale == 0 ? 0 : Math.rint(numbers[offset + i] / (double) scale);
            // near the smallest float the scale is a rough one
            values[row * width + i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, steps));
        }
    }

    /** Takes a row of others of the same width as it is. */
    public void set(int row, ByteRows others, int from) {
        scales[row] = others.scales[from];
        System.arraycopy(others.values, from * width, values, row * width, width);
    }

    /** One number. */
    public float at(int place) {
        return scales[place / width] * values[place];
    }

    /** to[offset + i] += alpha * number i of the row. */
    public void addScaled(float alpha, int row, float[] to, int offset) {
        Vectors.addScaledBytes(alpha * scales[row], values, row * width, to, offset, width);
    }

    /** Writes the numbers of a row to {@code to}. */
    public void read(int row, float[] to, int offset) {
        Arrays.fill(to, offset, offset + width, 0);
        addScaled(1, row, to, offset);
    }

    /** @throws IllegalArgumentException when a scale is negative or not finite */
    public void check() {
        for (int row = 0; row < scales.length; row++) {
            if (!(scales[row] >= 0 && scales[row] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "the scale of row " + row + " is " + scales[row] + ", it must be finite and at least 0");
            }
        }
    }
}
