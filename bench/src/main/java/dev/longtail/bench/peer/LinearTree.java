package dev.longtail.bench.peer;

import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.SolverType;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A tree of linear classifiers with PECOS XR-Linear's defaults (Yu et al., JMLR 2022; Prabhu et al., Parabel, WWW
 * 2018): at every node LIBLINEAR learns for each child to tell the examples that carry a label below it from the
 * node's other examples, which are those that carry a label below the node. A search with a beam adds up, from the
 * root to the labels, a link of each classifier's score.
 */
final class LinearTree {

    private static final double COST = 1;
    private static final double PRECISION = 0.1;

    private final LabelTree tree;
    private final LinearNode[][] nodes;
    private final Settings settings;

    private LinearTree(LabelTree tree, LinearNode[][] nodes, Settings settings) {
        this.tree = tree;
        this.nodes = nodes;
        this.settings = settings;
    }

    /**
     * What can be chosen.
     *
     * @param leastWeight smaller weights are dropped
     * @param beam        nodes of a level that are looked into
     * @param link        what a classifier's score adds to a path's
     */
    record Settings(SolverType solver, double leastWeight, int beam, DoubleUnaryOperator link) {

        /** PECOS's defaults: paths are multiplied by exp(-max(0, 1 - s)^3), the logarithms of which are added here. */
        static final Settings PECOS = new Settings(SolverType.L2R_L2LOSS_SVC_DUAL, 0.1, 10, score -> {
            double missing = Math.max(0, 1 - score);
            return -missing * missing * missing;
        });

        /** All weights of classifiers side by side. */
        static Settings flat(SolverType solver) {
            return new Settings(solver, 0, 1, DoubleUnaryOperator.identity());
        }
    }

    /** Learns all nodes; the result does not depend on the number of threads. */
    static LinearTree train(Examples examples, LabelTree tree, Settings settings, Workers workers) {
        Linear.disableDebugOutput();
        LinearNode[][] nodes = new LinearNode[tree.levels()][];
        for (int level = 0; level < nodes.length; level++) {
            ChildExamples carriers = ChildExamples.of(examples, tree, level);
            nodes[level] = new LinearNode[tree.nodes(level)];
            for (int node = 0; node < nodes[level].length; node++) {
                int first = tree.first(level, node);
                int end = tree.first(level, node + 1);
                nodes[level][node] = train(examples, carriers, first, end, settings, workers);
            }
        }
        return new LinearTree(tree, nodes, settings);
    }

    private static LinearNode train(
            Examples examples, ChildExamples carriers, int first, int end, Settings settings, Workers workers) {
        NodeProblem problem = new NodeProblem(examples, carriers.union(first, end));
        double[][] weights = new double[end - first][];
        workers.run(end - first, (task, worker) -> {
            int child = first + task;
            weights[task] = problem.train(
                    carriers.examples(),
                    carriers.starts()[child],
                    carriers.starts()[child + 1],
                    new Parameter(settings.solver, COST, PRECISION));
        });
        return new LinearNode(problem.features(), weights, settings.leastWeight);
    }

    /** The best labels of an example, best first. */
    int[] best(Example example, int count) {
        Best beam = new Best(1);
        beam.offer(0, 0);
        double[] scores = new double[0];
        for (int level = 0; level < nodes.length; level++) {
            Best next = new Best(level == nodes.length - 1 ? count : settings.beam);
            for (int rank = 0; rank < beam.size(); rank++) {
                LinearNode node = nodes[level][beam.item(rank)];
                scores = scores.length < node.size() ? new double[node.size()] : scores;
                node.scores(example, scores);
                int first = tree.first(level, beam.item(rank));
                for (int child = 0; child < node.size(); child++) {
                    next.offer(first + child, beam.score(rank) + settings.link.applyAsDouble(scores[child]));
                }
            }
            beam = next;
        }
        return Arrays.stream(beam.items()).map(tree::labelOfLeaf).toArray();
    }

    /** Bytes of all weights and of what finds them. */
    long bytes() {
        return Arrays.stream(nodes)
                .flatMap(Arrays::stream)
                .mapToLong(LinearNode::bytes)
                .sum();
    }
}
