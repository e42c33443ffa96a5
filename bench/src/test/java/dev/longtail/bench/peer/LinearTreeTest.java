package dev.longtail.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.SolverType;
import dev.longtail.cluster.LabelClusters;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearTreeTest {

    private static final int LABELS = 20;

    /** What an example holds: features of weight 1, and labels. */
    private record Row(int[] features, int[] labels) {}

    private record Rows(List<Row> rows) implements Examples {

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public void read(int example, Example into) {
            Row row = rows.get(example);
            into.features = row.features.clone();
            into.featureCount = row.features.length;
            into.weights = new float[row.features.length];
            Arrays.fill(into.weights, 1);
            into.labels = row.labels.clone();
            into.labelCount = row.labels.length;
        }
    }

    /** Two examples for each label: a feature of its own, one that four neighbours share, one that all have. */
    private static Rows planted() {
        return new Rows(IntStream.range(0, 2 * LABELS)
                .map(i -> i / 2)
                .mapToObj(label ->
                        new Row(new int[] {label, LABELS + label / 4, LABELS + LABELS / 4}, new int[] {label}))
                .toList());
    }

    private static LabelTree deep() {
        int[] identity = IntStream.range(0, LABELS).toArray();
        return LabelTree.of(new LabelClusters(8, identity), 4);
    }

    @Test
    void theTreeHasClustersOfNeighboursAboveTheLabels() {
        LabelTree tree = deep();
        assertThat(tree.levels()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(tree::nodes)).containsExactly(1, 2, 8);
        assertThat(tree.first(1, 1)).isEqualTo(4);
        assertThat(tree.children(2)).isEqualTo(LABELS);
        // 20 labels in 8 clusters begin at 0, 2, 5, 7, 10, 12, 15 and 17; labels 10 and up lie in the right half
        assertThat(tree.first(2, 5)).isEqualTo(12);
        assertThat(tree.childOf(2, 13)).isEqualTo(13);
        assertThat(tree.childOf(1, 13)).isEqualTo(5);
        assertThat(tree.childOf(0, 13)).isEqualTo(1);
        assertThat(tree.childOf(0, 9)).isZero();
    }

    @Test
    void examplesOfANodeCarryALabelBelowIt() {
        Rows rows = new Rows(List.of(
                new Row(new int[] {0}, new int[] {0, 1}), // both in the first cluster, counted once
                new Row(new int[] {0}, new int[] {0, 19}),
                new Row(new int[] {0}, new int[] {13})));
        ChildExamples halves = ChildExamples.of(rows, deep(), 0);
        assertThat(halves.starts()).containsExactly(0, 2, 4);
        assertThat(halves.examples()).containsExactly(0, 1, 1, 2);
        assertThat(halves.union(0, 2)).containsExactly(0, 1, 2);
    }

    /**
     * One example on each side, a feature each and the bias: by symmetry w = (a, -a) and no bias, and a minimises
     * a^2 + 2 (1 - a)^2, so a = 2/3.
     */
    @Test
    void aClassifierIsTheSupportVectorMachineWorkedByHand() {
        Rows rows = new Rows(List.of(new Row(new int[] {7}, new int[] {0}), new Row(new int[] {9}, new int[] {1})));
        NodeProblem problem = new NodeProblem(rows, new int[] {0, 1});
        Parameter exact = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, 1, 1e-9);
        assertThat(problem.features()).containsExactly(7, 9);
        double[] second = problem.train(new int[] {1}, 0, 1, exact);
        assertThat(second).containsExactly(new double[] {-2.0 / 3, 2.0 / 3, 0}, within(1e-6));
        assertThat(problem.train(new int[0], 0, 0, exact)).containsExactly(0, 0, -1);
    }

    @Test
    void aNodeDropsSmallWeightsAndAddsUpTheOthers() {
        double[][] dense = {{1, 0.05, -0.5, 0.25}, {0.5, -0.05, 0, 0.05}};
        LinearNode node = new LinearNode(new int[] {2, 3, 5}, dense, 0.1);
        Example example = new Example();
        new Rows(List.of(new Row(new int[] {1, 2, 3, 5, 8}, new int[0]))).read(0, example);
        double[] scores = new double[2];
        node.scores(example, scores);
        assertThat(scores).containsExactly(1 - 0.5 + 0.25, 0.5);
        assertThat(node.bytes()).isEqualTo(4 * (2 + 3 + 3 + 3 + 2)); // two features left, three weights, two biases
    }

    @Test
    void theLinkIsThatOfPecos() {
        var link = LinearTree.Settings.PECOS.link();
        assertThat(link.applyAsDouble(2)).isZero();
        assertThat(link.applyAsDouble(1)).isZero();
        assertThat(link.applyAsDouble(-1)).isEqualTo(-8);
    }

    @Test
    void findsPlantedLabelsAtAnyNumberOfThreads() {
        Rows rows = planted();
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            LinearTree tree = LinearTree.train(rows, deep(), LinearTree.Settings.PECOS, one);
            LinearTree same = LinearTree.train(rows, deep(), LinearTree.Settings.PECOS, three);
            Example example = new Example();
            for (int i = 0; i < rows.size(); i++) {
                rows.read(i, example);
                assertThat(tree.best(example, 5)).hasSize(5).startsWith(i / 2);
                assertThat(same.best(example, 5)).isEqualTo(tree.best(example, 5));
            }
        }
    }
}
