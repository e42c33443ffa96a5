package dev.longtail.output;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.List;
import java.util.Optional;

/** From hidden vectors to a score for every label. */
public sealed interface OutputLayer permits RowsLayer, BottleneckLayer, AnchorLayer, NoLayer {

    /** Takes the scores of one label for a batch; called by several workers at once, each label once. */
    @FunctionalInterface
    interface ScoreSink {

        /** @param scores float[batch], valid during the call */
        void accept(int worker, int label, float[] scores);
    }

    int labels();

    /** Width of the hidden vector. */
    int inputs();

    /**
     * What a layer starts from.
     *
     * @param bias float[labels], what biases start with
     * @param clusters order in which labels are kept; absent when that is the order of their numbers
     * @param seed of everything random
     */
    record Start(float[] bias, Optional<LabelClusters> clusters, long seed) {}

    /** Draws connections and sets weights to their start. */
    void initialise(Start start);

    /** Place at which a label is kept; positives are given to training by these. */
    int row(int label);

    /**
     * Scores all labels.
     *
     * @param x [inputs][batch]
     */
    void scores(Panel x, int batch, Workers workers, ScoreSink sink);

    /**
     * What the layer is searched by for the labels of highest score.
     *
     * @throws IllegalArgumentException when the layer cannot be searched so
     */
    SearchIndex index(SearchConfig config, Workers workers);

    /**
     * An exact search that scores each example for itself: fast for one, and what pruned search is compared with,
     * because both add up a score in the same order.
     */
    SearchIndex indexForEach();

    /** What scores labels that something else has chosen, for one thread. */
    PairScorer pairScorer();

    /** The score of a label as a sum over hidden units, a copy. */
    LinearScore linear(int label);

    /** The learned numbers that have fixed places, under their names in the model file; the live arrays. */
    List<Tensor> tensors();

    /** Copies of the learned numbers that have none, whose names begin with {@code output.} as well. */
    default List<Tensor> changing() {
        return List.of();
    }

    /**
     * Takes over numbers that {@link #changing} gave.
     *
     * @throws IllegalArgumentException when they are not those of such a layer
     */
    default void take(List<Tensor> changing) {
        if (!changing.isEmpty()) {
            throw new IllegalArgumentException("all numbers of the output layer have fixed places");
        }
    }

    /** The same layer with weights in 8 bits, for reading; this one if it is. */
    OutputLayer inBytes();

    /**
     * The same layer with fewer connections of each label, those with the largest weights.
     *
     * @throws IllegalArgumentException when labels have no fixed fan-in, or no larger one
     */
    OutputLayer withFanIn(int fanIn);

    /**
     * Checks what has been read from a file.
     *
     * @throws IllegalArgumentException when a connection leads to an input that does not exist, or the scale of 8-bit
     *     weights is negative or not finite
     */
    void check();

    /**
     * The layer's training: optimiser state and scratch.
     *
     * @throws IllegalStateException when weights are in 8 bits
     */
    OutputTraining training(OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers);
}
