package dev.longtail.output;

import dev.longtail.cluster.LabelClusters;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.DenseRows;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.FixedFanIn.Connections;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.RowBlock;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.WeightRow;
import dev.longtail.matrix.Weights;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.ConnectionStart;
import dev.longtail.topology.RewireConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One linear scorer a label, score = bias + w . x, over its fixed fan-in or over all inputs. Weights start at zero and
 * biases where a label's negatives ask for nothing, so that only positives speak at first: random starts drown in the
 * negatives of tens of thousands of labels.
 */
public final class RowsLayer implements OutputLayer {

    private final int inputs;
    private final Shards shards;
    private final List<LabelRows> rows;
    /** The label kept at each place and the place of each label; empty when every label is at its own number. */
    private final int[] labelOfRow;

    private final int[] rowOfLabel;

    private RowsLayer(int inputs, Shards shards, boolean ordered, IntFunction<LabelRows> newRows) {
        this.inputs = inputs;
        this.shards = shards;
        this.rows = new ArrayList<>();
        for (int shard = 0; shard < shards.count(); shard++) {
            rows.add(newRows.apply(shards.size(shard)));
        }
        this.labelOfRow = new int[ordered ? shards.rows() : 0];
        this.rowOfLabel = new int[labelOfRow.length];
    }

    /** The labels of another layer, in its order, with other rows. */
    private RowsLayer(RowsLayer like, List<LabelRows> rows) {
        this.inputs = like.inputs;
        this.shards = like.shards;
        this.rows = rows;
        this.labelOfRow = like.labelOfRow;
        this.rowOfLabel = like.rowOfLabel;
    }

    /** A layer in which every label has {@code fanIn} connections. */
    static RowsLayer fixedFanIn(int labels, int inputs, OutputConfig config) {
        Connections connections = new Connections(config.fanIn(), config.group(), config.weights());
        Shards shards = Shards.of(labels, config.fanIn(), config.group());
        return new RowsLayer(inputs, shards, config.isOrdered(), size -> new FixedFanIn(size, inputs, connections));
    }

    /** A layer in which every label is connected to all inputs. */
    static RowsLayer dense(int labels, int inputs, OutputConfig config) {
        return new RowsLayer(
                inputs,
                Shards.of(labels, inputs),
                config.isOrdered(),
                size -> new DenseRows(size, inputs, config.weights()));
    }

    /** The fixed fan-in layer with weights of 8 bits, to be read into. */
    static RowsLayer fixedFanInOfBytes(int labels, int inputs, OutputConfig config) {
        Connections connections = new Connections(config.fanIn(), config.group(), config.weights());
        Shards shards = Shards.of(labels, config.fanIn(), config.group());
        return new RowsLayer(inputs, shards, config.isOrdered(), size -> FixedFanIn.ofBytes(size, inputs, connections));
    }

    /** The dense layer with weights of 8 bits, to be read into. */
    static RowsLayer denseOfBytes(int labels, int inputs, OutputConfig config) {
        return new RowsLayer(
                inputs, Shards.of(labels, inputs), config.isOrdered(), size -> DenseRows.ofBytes(size, inputs));
    }

    /**
     * A layer of other labels over the same inputs, each at the place of its number, to be filled.
     *
     * @param newRows rows of zeros for so many labels, each label with inputs of its own, as wide as those of this one
     */
    RowsLayer ofLabels(int labels, IntFunction<LabelRows> newRows) {
        Shards cut = Shards.of(labels, rows.get(0).width());
        RowsLayer others = new RowsLayer(inputs, cut, labelOfRow.length > 0, newRows);
        Arrays.setAll(others.labelOfRow, row -> row);
        others.invertOrder();
        return others;
    }

    @Override
    public RowsLayer inBytes() {
        return isInBytes()
                ? this
                : new RowsLayer(this, rows.stream().map(LabelRows::inBytes).toList());
    }

    @Override
    public RowsLayer withFanIn(int fanIn) {
        List<LabelRows> narrower = new ArrayList<>();
        for (LabelRows labels : rows) {
            if (!(labels instanceof FixedFanIn sparse)) {
                throw noFanIn();
            }
            narrower.add(sparse.withFanIn(fanIn));
        }
        return new RowsLayer(this, narrower);
    }

    static IllegalArgumentException noFanIn() {
        return new IllegalArgumentException(
                "only labels with a fixed fan-in can have a smaller one, and output.kind of this model is another");
    }

    private boolean isInBytes() {
        return rows.get(0).weights() instanceof Weights.Bytes;
    }

    @Override
    public void initialise(Start start) {
        order(start);
        for (int shard = 0; shard < shards.count(); shard++) {
            LabelRows labels = rows.get(shard);
            int first = shards.first(shard);
            for (int row = 0; row < labels.labels(); row++) {
                labels.bias()[row] = start.bias()[label(first + row)];
            }
            if (labels instanceof FixedFanIn sparse) {
                ConnectionStart.RANDOM.connect(sparse, first / shards.group(), start.seed());
            }
        }
    }

    private void order(Start start) {
        if (labelOfRow.length > 0) {
            int[] order = start.clusters()
                    .map(LabelClusters::labelOfRow)
                    .orElseThrow(() -> new IllegalArgumentException("a layer ordered by clusters needs the clusters"));
            System.arraycopy(order, 0, labelOfRow, 0, labelOfRow.length);
            invertOrder();
        }
    }

    /** @throws IllegalArgumentException when a label has no place, or two */
    private void invertOrder() {
        Arrays.fill(rowOfLabel, -1);
        for (int row = 0; row < labelOfRow.length; row++) {
            int label = labelOfRow[row];
            if (label < 0 || label >= rowOfLabel.length || rowOfLabel[label] >= 0) {
                throw new IllegalArgumentException("the order of the labels holds " + label + " at place " + row
                        + ", which is no label or stands there before");
            }
            rowOfLabel[label] = row;
        }
    }

    @Override
    public int row(int label) {
        return rowOfLabel.length == 0 ? label : rowOfLabel[label];
    }

    /** The label kept at a place. */
    int label(int row) {
        return labelOfRow.length == 0 ? row : labelOfRow[row];
    }

    @Override
    public int labels() {
        return shards.rows();
    }

    @Override
    public int inputs() {
        return inputs;
    }

    /** How labels are cut. */
    Shards shards() {
        return shards;
    }

    /** The labels of one shard. */
    LabelRows rows(int shard) {
        return rows.get(shard);
    }

    @Override
    public void scores(Panel x, int batch, Workers workers, ScoreSink sink) {
        if (RowBlock.serves(rows.get(0))) {
            scoresOfBlocks(x, batch, workers, sink);
            return;
        }
        float[][] scores = new float[workers.threads()][batch];
        WeightRow[] weights = new WeightRow[workers.threads()];
        Arrays.setAll(weights, i -> new WeightRow(rows.get(0).width()));
        workers.run(shards.count(), (shard, worker) -> {
            LabelRows labels = rows.get(shard);
            for (int row = 0; row < labels.labels(); row++) {
                labels.read(row, weights[worker]);
                labels.scores(row, weights[worker], x, batch, scores[worker]);
                sink.accept(worker, label(shards.first(shard) + row), scores[worker]);
            }
        });
    }

    /** The same, with labels that share their inputs done together. */
    private void scoresOfBlocks(Panel x, int batch, Workers workers, ScoreSink sink) {
        float[][] scores = new float[workers.threads()][batch];
        RowBlock[] blocks = new RowBlock[workers.threads()];
        Arrays.setAll(blocks, i -> new RowBlock(rows.get(0), batch));
        workers.run(shards.count(), (shard, worker) -> {
            RowBlock block = blocks[worker];
            block.begin(rows.get(shard), 0, rows.get(shard).labels(), x, batch);
            while (block.next()) {
                block.selectAll();
                block.score();
                for (int number = 0; number < block.selectedCount(); number++) {
                    block.scores(number, scores[worker]);
                    sink.accept(worker, label(shards.first(shard) + block.selected(number)), scores[worker]);
                }
            }
        });
    }

    @Override
    public SearchIndex index(SearchConfig config, Workers workers) {
        return config.mode() == SearchConfig.Mode.PRUNED
                ? new PrunedIndex(this, config, workers)
                : new ExactSearch.Index(this, false);
    }

    @Override
    public SearchIndex indexForEach() {
        return new ExactSearch.Index(this, true);
    }

    @Override
    public PairScorer pairScorer() {
        WeightRow weights = new WeightRow(rows.get(0).width());
        return (x, offset, labels, count, scores) -> {
            for (int i = 0; i < count; i++) {
                int row = row(labels[i]);
                int shard = shards.of(row);
                LabelRows owner = rows.get(shard);
                int place = row - shards.first(shard);
                owner.read(place, weights);
                scores[i] = owner.score(place, weights, x, offset);
            }
        };
    }

    @Override
    public LinearScore linear(int label) {
        int row = row(label);
        int shard = shards.of(row);
        LabelRows owner = rows.get(shard);
        int place = row - shards.first(shard);
        WeightRow read = new WeightRow(owner.width());
        owner.read(place, read);
        int[] connected = new int[owner.width()];
        double[] weights = new double[owner.width()];
        for (int slot = 0; slot < weights.length; slot++) {
            connected[slot] = owner.input(place, slot);
            weights[slot] = read.values()[read.offset() + slot];
        }
        return new LinearScore(owner.bias()[place], connected, weights);
    }

    @Override
    public List<Tensor> tensors() {
        List<Weights> weights = rows.stream().map(LabelRows::weights).toList();
        List<float[]> biases = rows.stream().map(LabelRows::bias).toList();
        List<Tensor> tensors = new ArrayList<>();
        long width = rows.get(0).width();
        tensors.addAll(Weights.tensors("output", List.of((long) labels(), width), weights));
        tensors.add(new Tensor.Floats("output.bias", List.of((long) labels()), biases));
        List<char[]> indices = rows.stream()
                .filter(FixedFanIn.class::isInstance)
                .map(labels -> ((FixedFanIn) labels).indices())
                .toList();
        if (!indices.isEmpty()) {
            long indexRows = (labels() + shards.group() - 1L) / shards.group();
            tensors.add(new Tensor.Chars("output.indices", List.of(indexRows, width), indices));
        }
        if (labelOfRow.length > 0) {
            tensors.add(new Tensor.Ints("output.order", List.of((long) labels()), List.of(labelOfRow)));
        }
        return tensors;
    }

    @Override
    public void check() {
        invertOrder();
        for (LabelRows labels : rows) {
            if (labels instanceof FixedFanIn sparse) {
                sparse.check();
            }
            if (labels.weights() instanceof Weights.Bytes bytes) {
                bytes.rows().check();
            }
        }
    }

    @Override
    public OutputTraining training(
            OutputTraining.Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
        if (isInBytes()) {
            throw new IllegalStateException("weights of 8 bits cannot be trained; train a new model");
        }
        boolean pattern = rewire.policy() == RewireConfig.Policy.PATTERN && rows.get(0) instanceof FixedFanIn;
        return pattern
                ? new PatternTraining(this, plan, optimizer, rewire, workers)
                : new RowsTraining(this, plan, optimizer, rewire, workers);
    }
}
