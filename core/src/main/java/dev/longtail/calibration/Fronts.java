package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thresholds worth choosing, each with what it brought on held-out examples: suggestions of at least that probability
 * ({@code given}), and how many of them were right. Any other threshold gives no more right ones at no higher
 * precision, so the best F1 and the largest recall at any wanted precision are found among these (the Pareto front of
 * precision and recall). One front is that of all labels, the others those of labels with enough evidence.
 *
 * <p>From point to point of a front thresholds and precision rise, and given and right fall.
 */
final class Fronts {

    static final String LABELS = "fronts.labels";
    static final String TRUTHS = "fronts.truths";
    static final String ENDS = "fronts.ends";
    static final String PROBABILITIES = "fronts.probabilities";
    static final String GIVEN = "fronts.given";
    static final String RIGHT = "fronts.right";

    /** The front of all labels. */
    static final int ALL = 0;

    /** What each front is of: int[fronts - 1] labels, int[fronts] true labels and ends among the points. */
    record Index(int[] labels, int[] truths, int[] ends) {}

    /** Points of all fronts, one front after the other. */
    record Points(float[] probabilities, int[] given, int[] right) {}

    private final Index index;
    private final Points points;

    /** @throws IllegalArgumentException when the numbers are not those of fronts */
    Fronts(Index index, Points points) {
        this.index = index;
        this.points = points;
        int fronts = index.truths.length;
        Require.that(fronts >= 1, TRUTHS, "of at least one front", fronts);
        Require.that(index.labels.length == fronts - 1, LABELS, "one less than fronts, " + fronts, index.labels.length);
        Require.that(index.ends.length == fronts, ENDS, "as many as fronts, " + fronts, index.ends.length);
        int length = points.probabilities.length;
        Require.that(points.given.length == length, GIVEN, "as many as points, " + length, points.given.length);
        Require.that(points.right.length == length, RIGHT, "as many as points, " + length, points.right.length);
        for (int front = 0; front < fronts; front++) {
            check(front, length);
        }
        Require.that(index.ends[fronts - 1] == length, ENDS, "those of all points, " + length, index.ends[fronts - 1]);
    }

    /**
     * The same for labels with other numbers; the front of all labels stays what it is.
     *
     * @param now number that each label has from now on, -1 for none; ascending where it has one
     */
    Fronts renumbered(int[] now) {
        int[] kept = IntStream.range(0, index.truths.length)
                .filter(front -> front == ALL || now[index.labels[front - 1]] >= 0)
                .toArray();
        int[] labels = IntStream.of(kept)
                .skip(1)
                .map(front -> now[index.labels[front - 1]])
                .toArray();
        int[] truths = IntStream.of(kept).map(front -> index.truths[front]).toArray();
        int[] ends = IntStream.of(kept)
                .map(front -> index.ends[front] - start(front))
                .toArray();
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] places = IntStream.of(kept)
                .flatMap(front -> IntStream.range(start(front), index.ends[front]))
                .toArray();
        float[] probabilities = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            probabilities[i] = points.probabilities[places[i]];
        }
        int[] given = IntStream.of(places).map(place -> points.given[place]).toArray();
        int[] right = IntStream.of(places).map(place -> points.right[place]).toArray();
        return new Fronts(new Index(labels, truths, ends), new Points(probabilities, given, right));
    }

    private void check(int front, int length) {
        int label = front == ALL ? 0 : index.labels[front - 1];
        Require.that(label >= 0 && (front < 2 || label > index.labels[front - 2]), LABELS, "ascending", label);
        int end = index.ends[front];
        Require.that(end >= start(front) && end <= length, ENDS, "ascending, at most " + length, end);
        for (int i = start(front); i < end; i++) {
            float p = points.probabilities[i];
            Require.that(p >= 0 && p <= 1, PROBABILITIES, "from 0 to 1", p);
            Require.that(
                    points.right[i] >= 1 && points.right[i] <= Math.min(points.given[i], index.truths[front]),
                    RIGHT,
                    "from 1 to the given and the true ones",
                    points.right[i]);
            boolean first = i == start(front);
            Require.that(first || p > points.probabilities[i - 1], PROBABILITIES, "ascending in a front", p);
            Require.that(first || points.right[i] < points.right[i - 1], RIGHT, "descending", points.right[i]);
            Require.that(first || precision(i) > precision(i - 1), GIVEN, "of rising precision", points.given[i]);
        }
    }

    private int start(int front) {
        return front == ALL ? 0 : index.ends[front - 1];
    }

    private double precision(int point) {
        return (double) points.right[point] / points.given[point];
    }

    /** Labels that have a front of their own, ascending; front i + 1 is that of label i. */
    int[] labels() {
        return index.labels;
    }

    /** The threshold that suits a goal best; infinite when none does. */
    float best(int front, ThresholdGoal goal) {
        return goal.measure() == ThresholdGoal.Measure.F1 ? bestF1(front) : lowest(front, goal.precision());
    }

    private float bestF1(int front) {
        float threshold = Float.POSITIVE_INFINITY;
        double best = 0;
        for (int i = start(front); i < index.ends[front]; i++) {
            double f1 = 2.0 * points.right[i] / ((double) points.given[i] + index.truths[front]);
            if (f1 >= best) {
                best = f1;
                threshold = points.probabilities[i];
            }
        }
        return threshold;
    }

    private float lowest(int front, double precision) {
        for (int i = start(front); i < index.ends[front]; i++) {
            if (precision(i) >= precision) {
                return points.probabilities[i];
            }
        }
        return Float.POSITIVE_INFINITY;
    }

    /** The highest precision that a threshold brought, 0 when no suggestion was right. */
    double highestPrecision(int front) {
        int end = index.ends[front];
        return end == start(front) ? 0 : precision(end - 1);
    }

    List<Tensor> tensors() {
        List<Long> ofPoints = List.of((long) points.probabilities.length);
        List<Long> ofFronts = List.of((long) index.truths.length);
        return List.of(
                new Tensor.Ints(LABELS, List.of((long) index.labels.length), List.of(index.labels)),
                new Tensor.Ints(TRUTHS, ofFronts, List.of(index.truths)),
                new Tensor.Ints(ENDS, ofFronts, List.of(index.ends)),
                new Tensor.Floats(PROBABILITIES, ofPoints, List.of(points.probabilities)),
                new Tensor.Ints(GIVEN, ofPoints, List.of(points.given)),
                new Tensor.Ints(RIGHT, ofPoints, List.of(points.right)));
    }
}
