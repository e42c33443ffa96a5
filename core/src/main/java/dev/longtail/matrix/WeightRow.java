package dev.longtail.matrix;

/**
 * One row of weights, or several neighbouring rows, as floats: a place in the live array where that holds floats, else
 * a copy. Scratch of one worker, filled by {@link Weights#read}.
 */
public final class WeightRow {

    private final float[] copy;
    private float[] values;
    private int offset;
    /** What gathers need; a register never has more lanes than this. */
    private final int[] places = new int[64];

    /** For rows of up to {@code width} weights. */
    public WeightRow(int width) {
        copy = new float[width];
        values = copy;
    }

    /** The array that holds the row, from {@link #offset} on. */
    public float[] values() {
        return values;
    }

    /** Where the row begins. */
    public int offset() {
        return offset;
    }

    /** Scratch of {@link dev.longtail.kernel.Vectors#gatherDot}. */
    int[] places() {
        return places;
    }

    /**
     * Makes another row stand for a part of this one.
     *
     * @param place of the part's first weight in this row
     */
    public void part(int place, WeightRow part) {
        part.point(values, offset + place);
    }

    /** Stands for a place in a live array. */
    void point(float[] array, int place) {
        values = array;
        offset = place;
    }

    /** Stands for the copy, which is returned to be filled. */
    float[] own() {
        values = copy;
        offset = 0;
        return copy;
    }
}
