package dev.longtail.matrix;

/** A set of inputs as bits. */
public final class InputSet {

    private final long[] words;

    /** The empty subset of inputs 0 to {@code inputs} - 1. */
    public InputSet(int inputs) {
        words = new long[(inputs + 63) >>> 6];
    }

    public boolean contains(int input) {
        return (words[input >>> 6] >>> input & 1) != 0;
    }

    public void add(int input) {
        words[input >>> 6] |= 1L << input;
    }

    public void remove(int input) {
        words[input >>> 6] &= ~(1L << input);
    }
}
