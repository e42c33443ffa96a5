package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import java.util.List;

/** From hidden vectors to a score for every label. */
public sealed interface OutputLayer permits RowsLayer, BottleneckLayer {

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
     * Draws connections and sets weights to their start.
     *
     * @param bias float[labels], what biases start with
     */
    void initialise(float[] bias, long seed);

    /**
     * Scores all labels.
     *
     * @param x [inputs][batch]
     */
    void scores(Panel x, int batch, Workers workers, ScoreSink sink);

    /** All learned numbers under their names in the model file; the live arrays. */
    List<Tensor> tensors();

    /**
     * Checks what has been read from a file.
     *
     * @throws IllegalArgumentException when a connection leads to an input that does not exist
     */
    void check();

    /** The layer's training: optimiser state and scratch. */
    OutputTraining training(OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers);
}
