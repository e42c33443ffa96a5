package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.penalty.Orthogonality;
import dev.longtail.relation.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Algorithm 1 of Anchor and Transform for one batch. With C = X T the coefficients of the batch and D the gradient of
 * its bags,
 *
 * <pre>
 *   dC = D A^T,   dT = X^T dC,   dA = C^T D,
 *   A takes a step of its optimizer, the touched rows of T one of theirs and the proximal one
 * </pre>
 *
 * Examples are cut into a fixed number of pieces whose sums are added in order, so the bits do not depend on the number
 * of threads.
 */
final class AnchorTraining implements InputTable.Training {

    /** Numbers that the partial sums of dA take together at most, unless that leaves fewer than four pieces. */
    private static final int PARTIAL = 1 << 20;

    private static final int MOST_PIECES = 16;
    private static final int LEAST_PIECES = 4;
    private static final int BLOCK = 16;

    private final AnchorTable table;
    private final AnchorConfig config;
    private final OptimizerConfig optimizer;
    private final TransformUpdate update;
    private final RowGroups groups = new RowGroups();
    private final float[][] rowGradients;
    private final TransformUpdate.Scratch[] scratch;
    private final AnchorMatrix anchors;
    private AnchorMixer mixer;
    private final List<OptimizerState> states = new ArrayList<>();
    private int generation;
    private final Optional<Neighbours> unrelated;
    private float[] overlaps = {};
    private float[][] partial = {};
    private float[] coefficients = {};
    private float[] gradients = {};
    private float[] dAnchors = {};
    private StepSize last = new StepSize(1, 1);
    private boolean prepared;
    /** Whether the coefficients are those of the batch that was read last. */
    private boolean read;

    @SuppressWarnings("unused") // keeps reads ahead from being optimised away
    private float touched;

    /** What the output end of the table has contributed to the step; empty when it has not. */
    private Optional<Contribution> contribution = Optional.empty();

    private Panel both = Panel.of(0);

    /** Bags of the output end with their gradients, [batch.rows()][dimension]. */
    private record Contribution(SparseBatch batch, Panel dOut) {}

    AnchorTraining(AnchorTable table, OptimizerConfig optimizer, int threads) {
        this.table = table;
        this.config = table.config();
        this.optimizer = optimizer;
        this.anchors = table.anchors();
        this.mixer = table.mixer();
        this.update = new TransformUpdate(table.transform(), config, optimizer);
        table.mask().ifPresent(update::free);
        this.unrelated = table.unrelated();
        this.rowGradients = new float[threads][];
        this.scratch = new TransformUpdate.Scratch[threads];
        resize();
    }

    /**
     * Follows a table whose number of anchors or features has changed; what is known of anchors is kept, of frozen ones
     * too.
     */
    private void resize() {
        generation = table.generation();
        mixer = table.mixer();
        update.grow();
        for (int k = states.size(); k < anchors.kept(); k++) {
            states.add(optimizer.newState(1, anchors.dimension()));
        }
        for (int thread = 0; thread < scratch.length; thread++) {
            rowGradients[thread] = new float[anchors.stride()];
            scratch[thread] = update.scratch(anchors.count());
        }
        int length = Math.multiplyExact(anchors.rows(), anchors.dimension());
        int pieces = Math.max(LEAST_PIECES, Math.min(MOST_PIECES, PARTIAL / length));
        partial = new float[pieces][length];
        dAnchors = new float[length];
    }

    /** The table that is trained. */
    AnchorTable table() {
        return table;
    }

    /** Workers that it has scratch for. */
    int threads() {
        return scratch.length;
    }

    /** Follows the table where its number of anchors or features has changed since the latest step. */
    void follow() {
        if (generation != table.generation()) {
            resize();
        }
    }

    /** Brings a row up to date, for who reads it; rows of a shard one after the other. */
    void settle(int row, int worker) {
        update.settle(row, last, scratch[worker]);
    }

    /**
     * Adds the gradients of the output end to those of the step that comes next, of which they become a part.
     *
     * @param dOut [batch.rows()][dimension]; both are valid until that step
     */
    void contribute(SparseBatch batch, Panel dOut) {
        if (contribution.isPresent()) {
            throw new IllegalStateException("a step of the output end waits for that of the input end");
        }
        contribution = Optional.of(new Contribution(batch, dOut));
    }

    /** The bags of both ends behind each other, as one batch. */
    private void step(Contribution output, SparseBatch input, Panel dOut, StepSize step, Workers workers) {
        int dimension = anchors.dimension();
        int first = output.batch.rows() * dimension;
        int second = input.rows() * dimension;
        both = both.values().length - both.offset() < first + second ? Panel.of(first + second) : both;
        System.arraycopy(output.dOut.values(), output.dOut.offset(), both.values(), both.at(0), first);
        System.arraycopy(dOut.values(), dOut.offset(), both.values(), both.at(first), second);
        for (int row = 0; row < input.rows(); row++) {
            int start = input.start(row);
            output.batch.add(input.columns(), input.values(), start, input.start(row + 1) - start);
        }
        prepare(output.batch, workers);
        backward(output.batch, both, step, workers);
    }

    @Override
    public void startEpoch(int epoch) {
        update.startEpoch(epoch);
    }

    @Override
    public void endEpoch() {
        update.settleAll(last, scratch[0]);
    }

    @Override
    public void prepare(SparseBatch batch, Workers workers) {
        follow();
        groups.collect(batch, table.places());
        groups.byShard(table.transform().shards());
        touch();
        read = false;
        if (update.isDeferred()) {
            overRows(workers, (group, worker) -> update.settle(groups.row(group), last, scratch[worker]));
        }
        prepared = true;
    }

    /** Reads the rows of the batch ahead, see {@link OptimizerState#touch}. */
    private void touch() {
        float sum = 0;
        for (int group = 0; group < groups.count(); group++) {
            sum += table.transform().touch(groups.row(group));
        }
        touched = sum;
    }

    /** {@inheritDoc} Their coefficients are kept. */
    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        reserve(batch.rows());
        workers.run(partial.length, (piece, worker) -> {
            int from = first(piece, batch.rows());
            int to = first(piece + 1, batch.rows());
            if (from == to) {
                return;
            }
            mixer.coefficients(batch, from, to, coefficients, from * anchors.stride());
            mixer.vectors(coefficients, from * anchors.stride(), to - from, out, from * anchors.dimension());
        });
        read = true;
    }

    /** First example of a piece. */
    private int first(int piece, int examples) {
        return (int) (examples * (long) piece / partial.length);
    }

    @Override
    public void backward(SparseBatch batch, Panel dOut, StepSize step, Workers workers) {
        if (contribution.isPresent()) {
            Contribution output = contribution.get();
            contribution = Optional.empty();
            step(output, batch, dOut, step, workers);
            return;
        }
        if (!prepared) {
            prepare(batch, workers);
        }
        prepared = false;
        last = step;
        reserve(batch.rows());
        workers.run(partial.length, (piece, worker) -> differentiate(batch, dOut, piece));
        addOrthogonality();
        unrelated.ifPresent(pairs -> overlap(pairs, workers));
        update.beginStep(step);
        int blocks = (anchors.count() + BLOCK - 1) / BLOCK;
        workers.run(blocks + rowTasks(), (task, worker) -> {
            if (task < blocks) {
                updateAnchors(task * BLOCK, Math.min(anchors.count(), (task + 1) * BLOCK), step);
            } else {
                updateRows(task - blocks, step, worker);
            }
        });
        anchors.refresh(workers);
    }

    private void reserve(int examples) {
        int length = Math.multiplyExact(examples, anchors.stride());
        if (gradients.length < length) {
            gradients = new float[length];
            coefficients = new float[length];
        }
    }

    /** dC of a piece of the examples, and what they add to dA. */
    private void differentiate(SparseBatch batch, Panel dOut, int piece) {
        int from = first(piece, batch.rows());
        int to = first(piece + 1, batch.rows());
        int stride = anchors.stride();
        int dimension = anchors.dimension();
        Arrays.fill(partial[piece], 0);
        if (from == to) {
            return;
        }
        mixer.gradients(dOut, from, to, gradients);
        if (!read) {
            mixer.coefficients(batch, from, to, coefficients, from * stride);
        }
        Vectors.multiplyAdd(
                coefficients,
                from * stride,
                1,
                stride,
                dOut.values(),
                dOut.at(from * dimension),
                dimension,
                partial[piece],
                0,
                dimension,
                anchors.rows(),
                to - from,
                dimension);
    }

    /**
     * The gradient of the penalty on unrelated rows u and v, |t_u| . |t_v|: by t_u it is |t_v|, signed as t_u. Computed
     * for all rows of the batch before any of them is updated.
     */
    private void overlap(Neighbours pairs, Workers workers) {
        int stride = anchors.stride();
        int length = Math.multiplyExact(groups.count(), stride);
        overlaps = overlaps.length < length ? new float[length] : overlaps;
        Arrays.fill(overlaps, 0, length, 0);
        workers.run(groups.count(), (group, worker) -> {
            int row = groups.row(group);
            for (int at = pairs.start(row); at < pairs.start(row) + pairs.count(row); at++) {
                table.transform().addRow(pairs.ids()[at], config.unrelated(), overlaps, group * stride);
            }
        });
    }

    private void addOrthogonality() {
        Arrays.fill(dAnchors, 0);
        if (config.orthogonality() > 0) {
            new Orthogonality(anchors.count(), anchors.dimension())
                    .addSubgradient(anchors.values(), config.orthogonality(), dAnchors);
        }
    }

    /** Adds the pieces of dA for some anchors, and updates them. */
    private void updateAnchors(int from, int to, StepSize step) {
        if (config.anchorRate() == 0) {
            return;
        }
        int dimension = anchors.dimension();
        StepSize own = new StepSize(step.step(), step.factor() * config.anchorRate());
        float[] gradient = new float[dimension];
        for (int k = from; k < to; k++) {
            System.arraycopy(dAnchors, k * dimension, gradient, 0, dimension);
            boolean summed = anchors.rows() > anchors.count();
            int sum = summed ? anchors.count() + k / anchors.perSet() : 0;
            for (float[] piece : partial) {
                Vectors.addScaled(1, piece, k * dimension, gradient, 0, dimension);
                if (summed) {
                    Vectors.addScaled(1, piece, sum * dimension, gradient, 0, dimension);
                }
            }
            OptimizerState state = states.get(anchors.name(k));
            state.update(0, anchors.values(), k * dimension, gradient, own);
            state.endStep();
            if (config.penalty().penaliseAnchors()) {
                float threshold = optimizer.learningRate() * own.factor() * update.l1();
                config.penalty().domain().step(anchors.values(), k * dimension, dimension, threshold);
            }
        }
    }

    private int rowTasks() {
        return table.transform().shards().count();
    }

    private void updateRows(int shard, StepSize step, int worker) {
        if (update.isFrozen()) {
            return;
        }
        int end = groups.shardStart(shard + 1);
        for (int place = groups.shardStart(shard); place < end; place += TransformUpdate.ROWS) {
            if (update.takesRows()) {
                updateRows(place, Math.min(end, place + TransformUpdate.ROWS), step, worker);
            } else {
                for (int one = place; one < Math.min(end, place + TransformUpdate.ROWS); one++) {
                    updateRow(groups.inOrder(one), step, worker);
                }
            }
        }
    }

    private void updateRows(int from, int to, StepSize step, int worker) {
        TransformUpdate.Scratch own = scratch[worker];
        int count = anchors.count();
        for (int place = from; place < to; place++) {
            int group = groups.inOrder(place);
            float[] gradient = rowGradient(group, worker);
            int at = (place - from) * count;
            own.rows[place - from] = groups.row(group);
            for (int k = 0; k < count; k++) { // rows are too short for a call
                own.gradients[at + k] = gradient[k];
            }
        }
        update.update(to - from, step, own);
    }

    private void updateRow(int group, StepSize step, int worker) {
        update.update(groups.row(group), rowGradient(group, worker), step, scratch[worker]);
    }

    /** The gradient of a row's links, those it has not among them, in scratch. */
    private float[] rowGradient(int group, int worker) {
        float[] gradient = rowGradients[worker];
        int stride = anchors.stride();
        groups.sum(group, new Panel(gradients, 0), stride, new Panel(gradient, 0), stride);
        if (unrelated.isPresent()) {
            Vectors.addScaled(1, overlaps, group * stride, gradient, 0, stride);
        }
        if (anchors.rows() > anchors.count()) {
            mixer.throughSoftmax(groups.row(group), scratch[worker].view, gradient);
        }
        return gradient;
    }

    /** Does something with the rows of the batch, those of a shard one after the other. */
    private void overRows(Workers workers, Workers.Task task) {
        workers.run(rowTasks(), (shard, worker) -> {
            for (int place = groups.shardStart(shard); place < groups.shardStart(shard + 1); place++) {
                task.run(groups.inOrder(place), worker);
            }
        });
    }
}
