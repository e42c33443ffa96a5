package dev.longtail.output;

import dev.longtail.body.DenseLayer;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Scores of low rank, U (V x): the baseline with as few parameters as a sparse layer (SPARTEX 18.1, X20). */
public final class BottleneckLayer implements OutputLayer {

    private final DenseLayer projection;
    private final RowsLayer scorer;

    BottleneckLayer(int labels, int inputs, OutputConfig config) {
        this(new DenseLayer(config.rank(), inputs), RowsLayer.dense(labels, config.rank(), config));
    }

    private BottleneckLayer(DenseLayer projection, RowsLayer scorer) {
        this.projection = projection;
        this.scorer = scorer;
    }

    /** A layer whose scorer has weights of 8 bits; the projection is small and keeps 32. */
    static BottleneckLayer ofBytes(int labels, int inputs, OutputConfig config) {
        return new BottleneckLayer(
                new DenseLayer(config.rank(), inputs), RowsLayer.denseOfBytes(labels, config.rank(), config));
    }

    @Override
    public OutputLayer inBytes() {
        return new BottleneckLayer(projection, scorer.inBytes());
    }

    @Override
    public void initialise(Start start) {
        projection.initialise(RandomStream.key(start.seed(), 0, -1));
        scorer.initialise(start);
    }

    @Override
    public OutputLayer withFanIn(int fanIn) {
        throw RowsLayer.noFanIn();
    }

    /** The linear layer in front. */
    DenseLayer projection() {
        return projection;
    }

    /** The same projection before another narrow layer. */
    BottleneckLayer with(RowsLayer other) {
        return new BottleneckLayer(projection, other);
    }

    /** The narrow layer. */
    RowsLayer scorer() {
        return scorer;
    }

    @Override
    public int labels() {
        return scorer.labels();
    }

    @Override
    public int inputs() {
        return projection.inputs();
    }

    @Override
    public int row(int label) {
        return scorer.row(label);
    }

    @Override
    public void scores(Panel x, int batch, Workers workers, ScoreSink sink) {
        Panel narrow = Panel.of(projection.outputs() * batch);
        projection.forward(x, batch, narrow, workers);
        scorer.scores(narrow, batch, workers, sink);
    }

    @Override
    public SearchIndex index(SearchConfig config, Workers workers) {
        return new Index(projection, scorer.index(config, workers));
    }

    @Override
    public SearchIndex indexForEach() {
        return new Index(projection, scorer.indexForEach());
    }

    /** Searches the narrow layer. */
    private record Index(DenseLayer projection, SearchIndex narrow) implements SearchIndex {

        @Override
        public long bytes() {
            return narrow.bytes();
        }

        @Override
        public double seconds() {
            return narrow.seconds();
        }

        @Override
        public int mostExamples() {
            return narrow.mostExamples();
        }

        @Override
        public LabelSearch newSearch(Workers workers) {
            LabelSearch search = narrow.newSearch(workers);
            return (hidden, batch, examples, into) -> {
                Panel inputs = Panel.of(projection.outputs() * batch);
                projection.forward(hidden, batch, inputs, workers);
                return search.search(inputs, batch, examples, into);
            };
        }
    }

    @Override
    public PairScorer pairScorer() {
        PairScorer narrow = scorer.pairScorer();
        float[] units = new float[projection.outputs()];
        return (x, offset, labels, count, scores) -> {
            for (int unit = 0; unit < units.length; unit++) {
                int row = unit * projection.inputs();
                units[unit] = projection.bias()[unit]
                        + Vectors.dot(projection.weights(), row, x, offset, projection.inputs());
            }
            narrow.score(units, 0, labels, count, scores);
        };
    }

    @Override
    public LinearScore linear(int label) {
        LinearScore narrow = scorer.linear(label);
        int[] inputs = IntStream.range(0, projection.inputs()).toArray();
        double[] weights = new double[inputs.length];
        double bias = narrow.bias();
        for (int i = 0; i < narrow.inputs().length; i++) {
            int unit = narrow.inputs()[i];
            double factor = narrow.weights()[i];
            bias += factor * projection.bias()[unit];
            for (int input = 0; input < inputs.length; input++) {
                weights[input] += factor * projection.weights()[unit * inputs.length + input];
            }
        }
        return new LinearScore(bias, inputs, weights);
    }

    @Override
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(scorer.tensors());
        List<Long> shape = List.of((long) projection.outputs(), (long) projection.inputs());
        tensors.add(new Tensor.Floats("output.projection.weights", shape, List.of(projection.weights())));
        List<Long> units = List.of((long) projection.outputs());
        tensors.add(new Tensor.Floats("output.projection.bias", units, List.of(projection.bias())));
        return tensors;
    }

    @Override
    public void check() {
        scorer.check();
    }

    @Override
    public OutputTraining training(
            OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        return new Training(plan, optimizer, rewire, workers);
    }

    private final class Training implements OutputTraining {

        private final Workers workers;
        private final OutputTraining scorerTraining;
        private final DenseLayer.Training projectionTraining;
        private final Panel narrow;
        private final Panel dNarrow;

        Training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
            this.workers = workers;
            this.scorerTraining = scorer.training(plan, optimizer, rewire, workers);
            this.projectionTraining = projection.new Training(optimizer, plan.maxBatch(), workers.threads());
            this.narrow = Panel.of(projection.outputs() * plan.maxBatch());
            this.dNarrow = Panel.of(projection.outputs() * plan.maxBatch());
        }

        @Override
        public double step(OutputBatch batch, StepSize stepSize, Panel dx) {
            projection.forward(batch.x(), batch.size(), narrow, workers);
            double loss = scorerTraining.step(batch.withInputs(narrow), stepSize, dNarrow);
            projectionTraining.backward(batch.x(), batch.size(), dNarrow, dx, stepSize, workers);
            return loss;
        }

        @Override
        public void carry(String name, StateCarrier state) {
            scorerTraining.carry(name + ".scorer", state);
            projectionTraining.carry(name + ".projection", state);
        }

        @Override
        public long moved() {
            return 0;
        }

        @Override
        public long scored() {
            return scorerTraining.scored();
        }

        @Override
        public long updated() {
            return scorerTraining.updated();
        }
    }
}
