package dev.longtail.output;

import dev.longtail.anchor.AnchorStart;
import dev.longtail.anchor.FirstLinks;
import dev.longtail.config.Require;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.FreeEntries;
import dev.longtail.table.AnchorScorer;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.RewireConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores by an anchor table of the labels, bias + T (A x): low rank like the {@link BottleneckLayer}, with a few
 * weights for each label that are chosen while they are learned. It starts without links and random anchors: all scores
 * are the biases, and a label's first links are the anchors that resemble its examples.
 */
public final class AnchorLayer implements OutputLayer {

    private static final String NAME = "output";

    private final OutputConfig config;
    private final AnchorTable table;
    private final float[] bias;
    private final AnchorScorer scorer;

    AnchorLayer(int labels, int inputs, OutputConfig config) {
        this(config, newTable(labels, inputs, config), new float[labels]);
    }

    private AnchorLayer(OutputConfig config, AnchorTable table, float[] bias) {
        this.config = config;
        this.table = table;
        this.bias = bias;
        this.scorer = new AnchorScorer(table, bias);
    }

    private static AnchorTable newTable(int labels, int inputs, OutputConfig config) {
        TableConfig shape = new TableConfig(
                TableConfig.Kind.ANCHORS,
                inputs,
                true,
                1,
                1,
                config.anchorLayer().table());
        return (AnchorTable) shape.newTable(labels, NAME);
    }

    /** Labels that start without a link. */
    private record NoLinks() implements FirstLinks {

        @Override
        public int most() {
            return 0;
        }

        @Override
        public int read(int object, int[] anchors, float[] weights) {
            return 0;
        }
    }

    @Override
    public void initialise(Start start) {
        table.initialise(1, start.seed());
        int[] objects = new int[table.count()];
        Arrays.fill(objects, FreeEntries.NO_OBJECT);
        table.start(new AnchorStart(objects, 0, null, new NoLinks()));
        System.arraycopy(start.bias(), 0, bias, 0, bias.length);
    }

    /** The live table of labels. */
    public AnchorTable table() {
        return table;
    }

    /** Bytes of anchors and links, with what the update rule of the links keeps; that of the anchors is not counted. */
    public long anchorBytes() {
        return table.count() * (long) table.dimension() * Float.BYTES
                + table.transform().bytes();
    }

    AnchorScorer scorer() {
        return scorer;
    }

    @Override
    public int labels() {
        return bias.length;
    }

    @Override
    public int inputs() {
        return table.dimension();
    }

    @Override
    public int row(int label) {
        return label;
    }

    @Override
    public void scores(Panel x, int batch, Workers workers, ScoreSink sink) {
        scorer.scores(x, batch, workers, sink::accept);
    }

    @Override
    public SearchIndex index(SearchConfig search, Workers workers) {
        Require.that(
                search.mode() == SearchConfig.Mode.EXACT,
                "search",
                "exact where output.kind is anchors; its scores are cheap, and pruned search bounds rows of weights",
                "pruned");
        return new AnchorSearch.Index(this, false);
    }

    @Override
    public SearchIndex indexForEach() {
        return new AnchorSearch.Index(this, true);
    }

    @Override
    public PairScorer pairScorer() {
        AnchorScorer.Single single = scorer.new Single();
        return (x, offset, labels, count, scores) -> {
            single.take(x, offset);
            for (int i = 0; i < count; i++) {
                scores[i] = single.score(labels[i]);
            }
        };
    }

    @Override
    public LinearScore linear(int label) {
        double[] weights = new double[inputs()];
        float[] anchor = new float[inputs()];
        SparseFactor.View links = new SparseFactor.View();
        table.transform().view(label, links);
        for (int j = 0; j < links.length; j++) {
            table.anchor(links.column(j), anchor);
            for (int input = 0; input < anchor.length; input++) {
                weights[input] += (double) links.values[links.offset + j] * anchor[input];
            }
        }
        return new LinearScore(bias[label], IntStream.range(0, weights.length).toArray(), weights);
    }

    @Override
    public List<Tensor> tensors() {
        return List.of(new Tensor.Floats("output.bias", List.of((long) bias.length), List.of(bias)));
    }

    @Override
    public List<Tensor> changing() {
        return table.tensors();
    }

    @Override
    public void take(List<Tensor> changing) {
        int count = config.anchorLayer().count();
        table.take(changing);
        Require.that(
                table.count() == count,
                "anchors of the output layer",
                "those of its settings, " + count,
                table.count());
    }

    @Override
    public OutputLayer inBytes() {
        return new AnchorLayer(config, (AnchorTable) table.inBytes(), bias);
    }

    @Override
    public OutputLayer withFanIn(int fanIn) {
        throw RowsLayer.noFanIn();
    }

    @Override
    public void check() {
        table.check();
    }

    @Override
    public OutputTraining training(
            OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        return new AnchorLayerTraining(this, config.anchorLayer().least(), plan, optimizer, workers);
    }
}
