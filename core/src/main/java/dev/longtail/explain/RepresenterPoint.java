package dev.longtail.explain;

/**
 * What a training example adds to the score of a label for another example.
 *
 * @param example its number among the training examples
 * @param carries whether it carries the label; others were told apart from those that do
 * @param association what it adds by the association arm, times the weight of the arm
 * @param direct the same of the direct arm
 */
public record RepresenterPoint(int example, boolean carries, double association, double direct) {

    /** What it adds to the score. */
    public double value() {
        return association + direct;
    }
}
