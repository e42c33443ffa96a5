package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.Neighbours;
import java.util.Arrays;
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

    private static final int BLOCK = 16;

    /** Examples that products take at a time: borders of pieces are multiples, or each piece would leave a rest. */
    private static final int ROWS = 8;

    private final AnchorTable table;
    private final AnchorConfig config;
    private final TransformUpdate update;
    private final RowGroups groups = new RowGroups();
    private BatchRows rows;
    private final float[][] rowGradients;
    private final TransformUpdate.Scratch[] scratch;
    private final AnchorMatrix anchors;
    private AnchorMixer mixer;
    private final AnchorUpdate anchorUpdate;
    private int generation;
    private final Optional<Neighbours> unrelated;
    private float[] overlaps = {};
    private float[] coefficients = {};
    private float[] gradients = {};
    private StepSize last = new StepSize(1, 1);
    private boolean prepared;
    /** Whether the coefficients are those of the batch that was read last. */
    private boolean read;

    /** What the output end of the table has contributed to the step; empty when it has not. */
    private Optional<Contribution> contribution = Optional.empty();

    private Panel both = Panel.of(0);

    /** Bags of the output end with their gradients, [batch.rows()][dimension]. */
    private record Contribution(SparseBatch batch, Panel dOut) {}

    AnchorTraining(AnchorTable table, OptimizerConfig optimizer, int threads) {
        this.table = table;
        this.config = table.config();
        this.anchors = table.anchors();
        this.mixer = table.mixer();
        this.anchorUpdate = new AnchorUpdate(anchors, config, optimizer);
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
        rows = new BatchRows(update.fullRows(), groups, anchors.stride());
        anchorUpdate.grow();
        for (int thread = 0; thread < scratch.length; thread++) {
            rowGradients[thread] = new float[anchors.stride()];
            scratch[thread] = update.scratch(anchors.count(), anchors.stride());
        }
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
        if (update.isDeferred() || !rows.fit()) {
            groups.byShard(table.transform().shards());
        }
        read = false;
        if (update.isDeferred()) {
            overRows(workers, (group, worker) -> update.settle(groups.row(group), last, scratch[worker]));
        }
        rows.load(batch);
        prepared = true;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        follow(); // the table may have changed since the latest step
        table.carry(name, state);
        if (state.isRestoring()) {
            resize();
        }
        update.carry(name + ".update", state);
        anchorUpdate.carry(name + ".anchorUpdate", state);
    }

    /** Coefficients of some examples, in the array that is returned, [batch.rows()][stride]. */
    private float[] coefficients(SparseBatch batch, int from, int to) {
        if (areRows(batch)) {
            return rows.values();
        }
        int first = from * anchors.stride();
        if (rows.areOf(batch) && isLinear()) {
            Arrays.fill(coefficients, first, to * anchors.stride(), 0);
            rows.coefficients(batch, from, to, coefficients);
        } else {
            mixer.coefficients(batch, from, to, coefficients, first);
        }
        return coefficients;
    }

    /** Whether the coefficients of the batch are the copied rows of the transform, one after the other. */
    private boolean areRows(SparseBatch batch) {
        return rows.areOf(batch)
                && isLinear()
                && batch.isDistinct()
                && table.places().areOfTheirOwn();
    }

    private boolean isLinear() {
        return anchors.rows() == anchors.count();
    }

    /** {@inheritDoc} Their coefficients are kept. */
    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        reserve(batch.rows());
        workers.run(anchorUpdate.pieces(), (piece, worker) -> {
            int from = first(piece, batch.rows());
            int to = first(piece + 1, batch.rows());
            if (from == to) {
                return;
            }
            float[] found = coefficients(batch, from, to);
            mixer.vectors(found, from * anchors.stride(), to - from, out, from * anchors.dimension());
        });
        read = true;
    }

    /** First example of a piece. */
    private int first(int piece, int examples) {
        int pieces = anchorUpdate.pieces();
        return piece == pieces ? examples : (int) (examples * (long) piece / pieces) / ROWS * ROWS;
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
        workers.run(anchorUpdate.pieces(), (piece, worker) -> differentiate(batch, dOut, piece));
        anchorUpdate.begin(update.l1(), step);
        unrelated.ifPresent(pairs -> overlap(pairs, workers));
        update.beginStep(step);
        int blocks = (anchors.count() + BLOCK - 1) / BLOCK;
        workers.run(blocks + rowTasks(), (task, worker) -> {
            if (task < blocks) {
                anchorUpdate.update(task * BLOCK, Math.min(anchors.count(), (task + 1) * BLOCK));
            } else {
                updateRows(batch, task - blocks, step, worker);
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
        float[] dAnchors = anchorUpdate.cleared(piece);
        if (from == to) {
            return;
        }
        mixer.gradients(dOut, from, to, gradients);
        Vectors.multiplyAdd(
                read && !areRows(batch) ? coefficients : coefficients(batch, from, to),
                from * stride,
                1,
                stride,
                dOut.values(),
                dOut.at(from * dimension),
                dimension,
                dAnchors,
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

    private int rowTasks() {
        return table.transform().shards().count();
    }

    private void updateRows(SparseBatch batch, int task, StepSize step, int worker) {
        if (update.isFrozen()) {
            return;
        }
        if (rows.fit()) { // they are copied then
            int end = (int) (groups.count() * (task + 1L) / rowTasks());
            for (int from = (int) (groups.count() * (long) task / rowTasks()); from < end; ) {
                int to = Math.min(end, from + TransformUpdate.ROWS);
                updateCopies(batch, from, to, step, worker);
                from = to;
            }
            return;
        }
        for (int place = groups.shardStart(task); place < groups.shardStart(task + 1); place++) {
            updateRow(groups.inOrder(place), step, worker);
        }
    }

    private void updateCopies(SparseBatch batch, int from, int to, StepSize step, int worker) {
        TransformUpdate.Scratch own = scratch[worker];
        int stride = anchors.stride();
        if (areRows(batch) && unrelated.isEmpty()) {
            System.arraycopy(gradients, from * stride, own.gradients, 0, (to - from) * stride);
        } else {
            for (int group = from; group < to; group++) {
                System.arraycopy(
                        rowGradient(group, worker), 0, own.gradients, (group - from) * stride, anchors.count());
            }
        }
        update.update(rows, from, to, step, own);
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
        if (!isLinear()) {
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
