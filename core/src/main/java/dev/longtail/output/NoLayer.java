package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.Arrays;
import java.util.List;

/**
 * The output layer of a model without an embedding arm: it scores every label 0, has no parameters, and learns nothing.
 *
 * @param labels of the model
 */
public record NoLayer(int labels) implements OutputLayer {

    @Override
    public int inputs() {
        return 0;
    }

    @Override
    public void initialise(Start start) {}

    @Override
    public int row(int label) {
        return label;
    }

    @Override
    public void scores(Panel x, int batch, Workers workers, ScoreSink sink) {
        throw nothing("scores of all labels");
    }

    @Override
    public SearchIndex index(SearchConfig config, Workers workers) {
        throw nothing("a search through all labels");
    }

    @Override
    public SearchIndex indexForEach() {
        throw nothing("a search through all labels");
    }

    @Override
    public PairScorer pairScorer() {
        return (x, offset, chosen, count, scores) -> Arrays.fill(scores, 0, count, 0);
    }

    @Override
    public LinearScore linear(int label) {
        return new LinearScore(0, new int[0], new double[0]);
    }

    @Override
    public List<Tensor> tensors() {
        return List.of();
    }

    @Override
    public OutputLayer inBytes() {
        return this;
    }

    @Override
    public OutputLayer withFanIn(int fanIn) {
        throw nothing("fan-in of labels");
    }

    @Override
    public void check() {}

    @Override
    public OutputTraining training(
            OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        throw nothing("training");
    }

    private static IllegalArgumentException nothing(String what) {
        return new IllegalArgumentException(
                "the model has no embedding arm (model.embedding is false), so there is no " + what + " by it");
    }
}
