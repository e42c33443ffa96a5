package dev.longtail.kernel;

/**
 * Values of a batch, [row][batch], as a piece of a larger array: row r of a batch of B starts at offset + r * B. Made
 * by {@link Scratch}, which lets pieces start on cache lines.
 */
public record Panel(float[] values, int offset) {

    /** A panel of zeros with an array of its own. */
    public static Panel of(int length) {
        return Scratch.of(length).panel(0);
    }

    /** Where element i lies in {@link #values}. */
    public int at(int i) {
        return offset + i;
    }
}
