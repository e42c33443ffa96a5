package dev.longtail.output;

import dev.longtail.kernel.Panel;

/**
 * What an output layer learns from in a step.
 *
 * @param x [inputs][size], hidden vectors
 * @param size number of examples
 * @param positives pairs of (row of a label, example), sorted
 * @param weight what the loss counts, in (0, 1]
 */
public record OutputBatch(Panel x, int size, Positives positives, float weight) {

    /** The same examples behind another layer. */
    OutputBatch withInputs(Panel inputs) {
        return new OutputBatch(inputs, size, positives, weight);
    }
}
