package dev.longtail.anchor;

/**
 * The first values of the transform T, row by row: which anchors an object starts from. Rows are computed or stored,
 * and the same whenever they are asked for, by any thread.
 */
public interface FirstLinks {

    /** Links that an object has at most; arrays for a row must be at least as long. */
    int most();

    /**
     * Writes the links of an object.
     *
     * @param anchors which anchors, ascending
     * @param weights of the links, above 0
     * @return number of links written
     */
    int read(int object, int[] anchors, float[] weights);
}
