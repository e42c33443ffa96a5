package dev.longtail.optimizer;

import dev.longtail.matrix.Stateful;

/**
 * An update rule with what it remembers about the rows of one array of parameters. Rows without a gradient are not
 * visited: with momentum, AdamW and weight decay this is the lazy form (as SparseAdam has it), with SGD and AdaGrad it
 * is exact. Used by one thread at a time; the order of the rows within a step must not depend on the number of threads.
 */
public interface OptimizerState extends Stateful {

    /**
     * Updates one row of parameters.
     *
     * @param row number of the row
     * @param weights the row's parameters, from {@code offset} on
     * @param gradient float[at least width], the row's gradient from 0 on; left as scratch
     */
    void update(int row, float[] weights, int offset, float[] gradient, StepSize step);

    /** Forgets what is known of one parameter, when its connection moves. No effect on state kept by rows. */
    default void reset(int row, int slot) {}

    /**
     * Ends a step; to be called once a step, after its last row. What rules keep of columns is the same for all rows of
     * a step and changes here.
     */
    default void endStep() {}

    /**
     * Reads where a row's state begins and ends, so that it is in the caches when the row is updated. For many rows in
     * a short loop the memory answers at the same time, in updates one after the other.
     *
     * @return something that depends on what was read
     */
    default float touch(int row) {
        return 0;
    }

    /** Bytes of the state's arrays. */
    long bytes();
}
