package dev.longtail.direct;

/**
 * What each example counts in the scorer of a label: w = sum of coefficient times x, bias = sum of coefficients - 1.
 * Examples outside the margin count 0.
 *
 * @param examples that were learned from, those that carry the label first; not to be written to
 * @param carrying how many of them carry the label
 * @param coefficients parallel to {@code examples}: the dual variable, negative for those that do not carry the label
 * @param arm an arm with the scorer of this label, and none of the others
 */
public record LabelDuals(int[] examples, int carrying, double[] coefficients, DirectArm arm) {

    /** Score of a label that no example speaks for. */
    public static final double START = LabelSolver.START;
}
