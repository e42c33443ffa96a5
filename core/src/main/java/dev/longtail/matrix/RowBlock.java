package dev.longtail.matrix;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Scratch;
import dev.longtail.kernel.UnitVectors;
import dev.longtail.kernel.Vectors;
import java.util.Arrays;

/**
 * Neighbouring labels with the same inputs, done together: labels that share an index row, whose inputs are copied to one
 * place once for all of them, or labels of a dense layer. Labels go by blocks of up to {@link #MOST}; the blocks of one
 * index row follow one another. Scratch of one worker.
 *
 * <pre>
 *   for (int label = 0; label &lt; rows.labels(); label = block.end()) {
 *       block.start(rows, label, x, batch);           // weights, inputs, scores
 *       ...block.activate(unit, dScores)...           // for labels that have a gradient
 *       block.gradients(dx);                          // of all that were activated
 *   }
 * </pre>
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
    private final int[] active;
    private final Panel gathered;
    private final Panel dGathered;
    private final Panel scores;
    private final Panel dScores;
    private final float[] dWeights;
    private LabelRows rows;
    private Panel inputs;
    private int batch;
    private int first;
    private int end;
    private int activeCount;
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
        this.active = new int[maxLabels];
        this.dWeights = new float[maxLabels * width];
        int copied = rows instanceof FixedFanIn ? Math.multiplyExact(width, maxBatch) : 0;
        int perUnit = maxLabels * maxBatch;
        Scratch scratch = Scratch.of(copied, copied, perUnit, perUnit);
        this.gathered = scratch.panel(0);
        this.dGathered = scratch.panel(1);
        this.scores = scratch.panel(2);
        this.dScores = scratch.panel(3);
        this.inputs = gathered;
    }

    /**
     * Begins the block at a label, which is the first one or the {@link #end} of the block before, and scores it.
     *
     * @param x [inputs][batch]
     */
    public void start(LabelRows labels, int label, Panel x, int examples) {
        rows = labels;
        batch = examples;
        first = label;
        end = Math.min(label + maxLabels, endOfShared(label));
        activeCount = 0;
        inputs = x;
        if (rows instanceof FixedFanIn sparse) {
            inputs = gathered;
            if (label % sparse.group() == 0) {
                gather(sparse, label / sparse.group(), x);
            }
        }
        rows.weights().read(first * width, (end - first) * width, weights);
        for (int unit = 0; unit < end - first; unit++) {
            offsets[unit] = weights.offset() + unit * width;
            int to = scores.at(unit * batch);
            Arrays.fill(scores.values(), to, to + batch, rows.bias()[first + unit]);
        }
        UnitVectors.addDenseScores(
                weights.values(),
                offsets,
                0,
                end - first,
                width,
                inputs.values(),
                inputs.offset(),
                batch,
                scores.values(),
                scores.offset());
    }

    private int endOfShared(int label) {
        return rows instanceof FixedFanIn sparse ? sparse.firstLabel(label / sparse.group() + 1) : rows.labels();
    }

    private void gather(FixedFanIn sparse, int indexRow, Panel x) {
        dirty = false;
        for (int slot = 0; slot < width; slot++) {
            int from = x.at(sparse.inputOf(indexRow, slot) * batch);
            System.arraycopy(x.values(), from, gathered.values(), gathered.at(slot * batch), batch);
        }
    }

    /** First label of the block. */
    public int first() {
        return first;
    }

    /** End of the block's labels, exclusive. */
    public int end() {
        return end;
    }

    /** Copies the scores of a label, by its number within the block. */
    public void scores(int unit, float[] to) {
        System.arraycopy(scores.values(), scores.at(unit * batch), to, 0, batch);
    }

    /** Notes that a label has a gradient, by its number within the block. */
    public void activate(int unit, float[] gradient) {
        System.arraycopy(gradient, 0, dScores.values(), dScores.at(activeCount * batch), batch);
        active[activeCount++] = unit;
    }

    /** Number of labels with a gradient; they are counted from 0 in the order in which they were activated. */
    public int activeCount() {
        return activeCount;
    }

    /** Number within the block of a label with a gradient. */
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
                offsets[number] = weights.offset() + active[number] * width;
            }
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
        if (dirty && end == endOfShared(first) && rows instanceof FixedFanIn connected) {
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
        weights.part(active[number] * width, row);
    }
}
