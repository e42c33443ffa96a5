package dev.longtail.explain;

import java.util.List;

/**
 * The score of a label, taken apart by the training examples that it comes from.
 *
 * @param points those that add the most or take the most away, these first
 * @param others how many more add or take away something
 * @param othersValue what those add together
 * @param start score of a label that no example speaks for, times the weight of the direct arm
 * @param embedding what the embedding arm adds; its steps mix all examples, so it is divided over none
 */
public record Representers(
        List<RepresenterPoint> points, int others, double othersValue, double start, double embedding) {

    public Representers {
        points = List.copyOf(points);
    }

    /** All parts: the score of the label as a candidate, but for rounding. */
    public double sum() {
        return points.stream().mapToDouble(RepresenterPoint::value).sum() + othersValue + start + embedding;
    }
}
