package dev.longtail.explain;

import java.util.List;

/**
 * The score of a label, taken apart by the training examples that it comes from.
 *
 * @param supporting examples that add to the score
 * @param opposing examples that take away from it: mostly many, each of them little
 * @param start score of a label that no example speaks for, times the weight of the direct arm
 * @param embedding what the embedding arm adds; its steps mix all examples, so it is divided over none
 */
public record Representers(Side supporting, Side opposing, double start, double embedding) {

    /**
     * Examples that speak for a label, or those that speak against it.
     *
     * @param points those that say the most, these first
     * @param others how many more say something
     * @param othersValue what those add together
     */
    public record Side(List<RepresenterPoint> points, int others, double othersValue) {

        public Side {
            points = List.copyOf(points);
        }

        /** What all of them add together. */
        public double sum() {
            return points.stream().mapToDouble(RepresenterPoint::value).sum() + othersValue;
        }
    }

    /** All parts: the score of the label as a candidate, but for rounding. */
    public double sum() {
        return supporting.sum() + opposing.sum() + start + embedding;
    }
}
