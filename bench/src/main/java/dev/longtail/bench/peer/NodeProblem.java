package dev.longtail.bench.peer;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The examples of one node, in LIBLINEAR's form: features are numbered anew from 1, only those that occur, so that a
 * classifier of few examples is not as long as the vocabulary; the last one is 1 in every example, for the bias.
 */
final class NodeProblem {

    private final int[] members;
    private final int[] features;
    private final Feature[][] rows;

    /** @param members numbers of the node's examples, ascending, at least one */
    NodeProblem(Examples examples, int[] members) {
        this.members = members;
        Example example = new Example();
        BitSet used = new BitSet();
        for (int member : members) {
            examples.read(member, example);
            for (int i = 0; i < example.featureCount; i++) {
                used.set(example.features[i]);
            }
        }
        features = used.stream().toArray();
        int[] numbers = new int[used.length()];
        for (int i = 0; i < features.length; i++) {
            numbers[features[i]] = i + 1;
        }
        rows = new Feature[members.length][];
        for (int row = 0; row < rows.length; row++) {
            examples.read(members[row], example);
            rows[row] = row(example, numbers);
        }
    }

    private Feature[] row(Example example, int[] numbers) {
        Feature[] row = new Feature[example.featureCount + 1];
        for (int i = 0; i < example.featureCount; i++) {
            row[i] = new FeatureNode(numbers[example.features[i]], example.weights[i]);
        }
        row[example.featureCount] = new FeatureNode(features.length + 1, 1);
        return row;
    }

    /** The features that occur, ascending. */
    int[] features() {
        return features;
    }

    /**
     * Learns to tell some examples from the others.
     *
     * @param positives their numbers, ascending, in {@code [from, to)}
     * @return a weight for each of {@link #features}, and the bias
     */
    double[] train(int[] positives, int from, int to, Parameter parameter) {
        double[] weights = new double[features.length + 1];
        if (from == to || to - from == members.length) {
            weights[features.length] = from == to ? -1 : 1; // nothing to tell apart: on the margin of the only side
            return weights;
        }
        Problem problem = new Problem();
        problem.l = rows.length;
        problem.n = features.length + 1;
        problem.x = rows;
        problem.y = new double[rows.length];
        Arrays.fill(problem.y, -1);
        for (int i = from; i < to; i++) {
            problem.y[Arrays.binarySearch(members, positives[i])] = 1;
        }
        Model model = Linear.train(problem, parameter);
        double[] found = model.getFeatureWeights();
        int sign = model.getLabels()[0] == 1 ? 1 : -1; // weights speak for the side that was met first
        for (int i = 0; i < weights.length; i++) {
            weights[i] = sign * found[i];
        }
        return weights;
    }
}
