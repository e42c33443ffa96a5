package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.List;

/**
 * A vector for every feature, read as weighted bags: out[r] = sum over entries e of row r of value[e]
 * vector[column[e]].
 */
public sealed interface InputTable permits RowTable, ByteTable, NoTable {

    /** Number of features. */
    int features();

    /** Length of a vector. */
    int dimension();

    /**
     * Draws the first values.
     *
     * @throws IllegalStateException when the table is in 8 bits
     */
    void initialise(float initialScale, long seed);

    /**
     * The bag of each row of a batch.
     *
     * @param out [batch.rows()][dimension], written
     */
    void bags(SparseBatch batch, Panel out, Workers workers);

    /** How many numbers are learned and stored, without indices. */
    long parameters();

    /** All learned numbers under their names in the model file; the live arrays. */
    List<Tensor> tensors();

    /**
     * Checks what has been read from a file.
     *
     * @throws IllegalArgumentException when a scale is negative or not finite
     */
    void check();

    /** Square of the Euclidean length of a feature's vector. */
    double squaredNorm(int feature);

    /** The table in 8 bits, for reading: see {@link dev.longtail.matrix.ByteRows}; this one if it is. */
    InputTable inBytes();

    /** The table in 32 bits; this one if it is. */
    InputTable inFloats();

    /**
     * A table with the vectors of some features only, numbered anew from 0.
     *
     * @param features which, in their new order
     * @throws IllegalArgumentException when features do not have a vector each
     */
    InputTable select(int[] features);

    /**
     * The table's training: optimiser state and scratch.
     *
     * @throws IllegalStateException when the table is in 8 bits
     */
    Training training(OptimizerConfig optimizer, int threads);

    /** One run of training of a table. */
    interface Training {

        /**
         * Updates the vectors that the batch touches; all others are not visited.
         *
         * @param dOut [batch.rows()][dimension], the gradient of the bags
         */
        void backward(SparseBatch batch, Panel dOut, StepSize step, Workers workers);
    }
}
