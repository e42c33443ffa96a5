package dev.longtail.output;

import dev.longtail.kernel.Panel;
import java.util.Optional;

/**
 * What an output layer learns from in a step.
 *
 * @param x [inputs][size], hidden vectors
 * @param size number of examples
 * @param positives pairs of (row of a label, example), sorted
 * @param weight what the loss counts, in (0, 1]
 * @param rows rows that take part, the positives' among them, whole groups where labels share their inputs; the loss
 *     and the gradients of the others count as zero
 * @param sink what is told the scores of the labels that are scored, before they learn
 */
public record OutputBatch(
        Panel x, int size, Positives positives, float weight, RowRanges rows, Optional<OutputLayer.ScoreSink> sink) {

    /** A batch for all labels. */
    public OutputBatch(Panel x, int size, Positives positives, float weight) {
        this(x, size, positives, weight, RowRanges.all());
    }

    /** A batch whose scores nobody asks for. */
    public OutputBatch(Panel x, int size, Positives positives, float weight, RowRanges rows) {
        this(x, size, positives, weight, rows, Optional.empty());
    }

    /** The same examples behind another layer. */
    OutputBatch withInputs(Panel inputs) {
        return new OutputBatch(inputs, size, positives, weight, rows, sink);
    }
}
