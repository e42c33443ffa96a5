package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Scratch;
import dev.longtail.kernel.UnitVectors;
import dev.longtail.kernel.Vectors;
import java.util.Arrays;

/**
 * Neighbouring labels with the same inputs, done together: labels that share an index row, whose inputs are copied to
 * one place once for all of them, or labels of a dense layer. Labels go by blocks of up to {@link #MOST}; the blocks of
 * one index row follow one another. Scratch of one worker.
 *
 * <pre>
 *   block.begin(rows, 0, rows.labels(), x, batch);
 *   while (block.next()) {
 *       ...block.select(label)...                     // labels to be scored, ascending
 *       block.score();                                // of all that were selected
 *       ...block.activate(number, dScores)...         // labels that have a gradient
 *       block.gradients(dx);                          // of all that were activated
 *   }
 * </pre>
 *
 * <p>Selected labels are counted from 0, and so are active ones, each in the order in which they came.
 *
 * <p>Scores and gradients of weights have the bits of {@link LabelRows#scores} and {@link LabelRows#gradients}; dx is
 * added up over an index row first, so it differs from theirs in rounding, but does not depend on the size of blocks.
 */
public final class RowBlock {

    /** Labels at a time at most: their scores and weight gradients stay in the processor's caches. */
    private static final int MOST = 32;

    /** Rows of fewer labels are not worth copying. */
    private static final int LEAST_GROUP = 4;

    private final int width;
    private final int maxLabels;
    private final WeightRow weights;
    private final int[] offsets;
    private final int[] selected;
    private final int[] active;
    private final Panel gathered;
    private final Panel dGathered;
    private final Panel scores;
    private final Panel dScores;
    private final float[] dWeights;
    private LabelRows rows;
    private Panel x;
    private int batch;
    private int last;
    private int first;
    private int end;
    /** End of the labels that share the inputs of the block's, within the range. */
    private int endOfShared;

    private int selectedCount;
    private int activeCount;
    /** Whether {@link #gathered} holds the inputs of the block's labels. */
    private boolean copied;
    /** Whether {@link #dGathered} holds gradients of theirs. */
    private boolean dirty;

    /** Whether labels of these rows share inputs with enough others. */
    public static boolean serves(LabelRows rows) {
        return !(rows instanceof FixedFanIn sparse) || sparse.group() >= LEAST_GROUP;
    }

    /** For rows of the kind and width of {@code rows}. */
    public RowBlock(LabelRows rows, int maxBatch) {
        this.rows = rows;
        this.width = rows.width();
        // 2^15 weights are 128 KB; a multiple of the four units that kernels do at a time
        this.maxLabels = Math.max(4, Math.min(MOST, (1 << 15) / width / 4 * 4));
        this.weights = new WeightRow(maxLabels * width);
        this.offsets = new int[maxLabels];
        this.selected = new int[maxLabels];
        this.active = new int[maxLabels];
        this.dWeights = new float[maxLabels * width];
        int copied = rows instanceof FixedFanIn ? Math.multiplyExact(width, maxBatch) : 0;
        int perUnit = maxLabels * maxBatch;
        Scratch scratch = Scratch.of(copied, copied, perUnit, perUnit);
        this.gathered = scratch.panel(0);
        this.dGathered = scratch.panel(1);
        this.scores = scratch.panel(2);
        this.dScores = scratch.panel(3);
        this.x = gathered;
    }

    /**
     * Begins with a range of labels.
     *
     * @param from first label
     * @param to end of the labels, exclusive
     * @param values [inputs][examples]
     */
    public void begin(LabelRows labels, int from, int to, Panel values, int examples) {
        rows = labels;
        x = values;
        batch = examples;
        last = to;
        end = from;
        endOfShared = from;
        dirty = false;
    }

    /** Goes on to the next labels of the range, none of them selected; returns whether there are any. */
    public boolean next() {
        if (end == last) {
            return false;
        }
        first = end;
        if (first == endOfShared) {
            endOfShared = rows instanceof FixedFanIn sparse
                    ? Math.min(last, sparse.firstLabel(first / sparse.group() + 1))
                    : last;
            copied = false;
        }
        end = Math.min(first + maxLabels, endOfShared);
        selectedCount = 0;
        activeCount = 0;
        return true;
    }

    /** First label of the block. */
    public int first() {
        return first;
    }

    /** End of the block's labels, exclusive. */
    public int end() {
        return end;
    }

    /** Notes that a label of the block is to be scored. */
    public void select(int label) {
        selected[selectedCount++] = label;
    }

    /** Selects all labels of the block. */
    public void selectAll() {
        for (int label = first; label < end; label++) {
            select(label);
        }
    }

    /** Number of labels that were selected. */
    public int selectedCount() {
        return selectedCount;
    }

    /** A selected label. */
    public int selected(int number) {
        return selected[number];
    }

    /** Scores the selected labels. */
    public void score() {
        if (selectedCount == 0) {
            return;
        }
        rows.weights().read(first * width, (end - first) * width, weights);
        for (int number = 0; number < selectedCount; number++) {
            offsets[number] = offset(selected[number]);
            int to = scores.at(number * batch);
            Arrays.fill(scores.values(), to, to + batch, rows.bias()[selected[number]]);
        }
        Panel inputs = inputs();
        UnitVectors.addDenseScores(
                weights.values(),
                offsets,
                0,
                selectedCount,
                width,
                inputs.values(),
                inputs.offset(),
                batch,
                scores.values(),
                scores.offset());
    }

    /** Place of a label's weights in the block's. */
    private int offset(int label) {
        return weights.offset() + (label - first) * width;
    }

    /** What the labels of the block see, [width][batch]. */
    private Panel inputs() {
        if (!(rows instanceof FixedFanIn sparse)) {
            return x;
        }
        if (!copied) {
            gather(sparse, first / sparse.group());
            copied = true;
        }
        return gathered;
    }

    private void gather(FixedFanIn sparse, int indexRow) {
        for (int slot = 0; slot < width; slot++) {
            int from = x.at(sparse.inputOf(indexRow, slot) * batch);
            System.arraycopy(x.values(), from, gathered.values(), gathered.at(slot * batch), batch);
        }
    }

    /** Copies the scores of a selected label. */
    public void scores(int number, float[] to) {
        System.arraycopy(scores.values(), scores.at(number * batch), to, 0, batch);
    }

    /** Notes that a selected label has a gradient. */
    public void activate(int number, float[] gradient) {
        System.arraycopy(gradient, 0, dScores.values(), dScores.at(activeCount * batch), batch);
        active[activeCount++] = selected[number];
    }

    /** Number of labels with a gradient. */
    public int activeCount() {
        return activeCount;
    }

    /** A label with a gradient. */
    public int active(int number) {
        return active[number];
    }

    /**
     * Gradients of the labels that have one, with the weights as they are.
     *
     * @param dx [inputs][batch], added to, at the latest with the last block of an index row
     */
    public void gradients(Panel dx) {
        boolean sparse = rows instanceof FixedFanIn;
        if (activeCount > 0) {
            Panel to = sparse ? dGathered : dx;
            if (sparse && !dirty) {
                Arrays.fill(to.values(), to.offset(), to.at(width * batch), 0);
                dirty = true;
            }
            for (int number = 0; number < activeCount; number++) {
                offsets[number] = offset(active[number]);
            }
            Panel inputs = inputs();
            UnitVectors.denseGradients(
                    weights.values(),
                    offsets,
                    0,
                    activeCount,
                    width,
                    inputs.values(),
                    inputs.offset(),
                    batch,
                    dScores.values(),
                    dScores.offset(),
                    to.values(),
                    to.offset(),
                    dWeights);
        }
        if (dirty && end == endOfShared && rows instanceof FixedFanIn connected) {
            scatter(connected, first / connected.group(), dx);
        }
    }

    private void scatter(FixedFanIn sparse, int indexRow, Panel dx) {
        for (int slot = 0; slot < width; slot++) {
            int to = dx.at(sparse.inputOf(indexRow, slot) * batch);
            Vectors.addScaled(1, dGathered.values(), dGathered.at(slot * batch), dx.values(), to, batch);
        }
        dirty = false;
    }

    /** Copies what {@link #gradients} found for the weights of a label with a gradient. */
    public void weightGradient(int number, float[] to) {
        System.arraycopy(dWeights, number * width, to, 0, width);
    }

    /** Copies back what {@link #activate} took over. */
    public void dScores(int number, float[] to) {
        System.arraycopy(dScores.values(), dScores.at(number * batch), to, 0, batch);
    }

    /** Makes {@code row} the weights of a label with a gradient. */
    public void row(int number, WeightRow row) {
        weights.part((active[number] - first) * width, row);
    }
}
