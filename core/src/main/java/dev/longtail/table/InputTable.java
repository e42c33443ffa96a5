package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.List;

/**
 * A vector for every feature, read as weighted bags: out[r] = sum over entries e of row r of value[e]
 * vector[column[e]].
 */
public sealed interface InputTable permits RowTable, ByteTable, NoTable, AnchorTable, MixedTable {

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

    /**
     * All learned numbers under their names in the model file; the live arrays of a table whose numbers have fixed
     * places, else copies.
     */
    List<Tensor> tensors();

    /** Whether the numbers have fixed places, so that {@link #tensors} always are the same arrays. */
    default boolean isFixed() {
        return true;
    }

    /**
     * Takes over numbers that {@link #tensors} gave, for a table without fixed places.
     *
     * @throws IllegalArgumentException when they are not those of such a table
     */
    default void take(List<Tensor> tensors) {
        throw new IllegalStateException("numbers of a table with fixed places are written to its tensors");
    }

    /**
     * Gives a feature a vector.
     *
     * @param vector its numbers, from {@code offset} on
     * @throws IllegalStateException when features have no vectors of their own
     */
    default void set(int feature, float[] vector, int offset) {
        throw new IllegalStateException("only in tables of kind dense has each user or item a vector of its own");
    }

    /**
     * Adds features behind the others; training that goes on learns them as well.
     *
     * @param features how many there are then, no fewer than before
     * @throws IllegalStateException when the table cannot gain features
     */
    default void grow(int features) {
        throw new IllegalStateException("only tables of kind anchors gain users or items while they are learned");
    }

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

    /**
     * The training by batches that read single features, each once ({@link SparseBatch#setDistinct}).
     *
     * @throws IllegalStateException when the table is in 8 bits
     */
    default Training trainingOfSingles(OptimizerConfig optimizer, int threads) {
        return training(optimizer, threads);
    }

    /** One run of training of a table. */
    interface Training extends Stateful {

        /**
         * Updates the vectors that the batch touches; all others are not visited.
         *
         * @param dOut [batch.rows()][dimension], the gradient of the bags
         */
        void backward(SparseBatch batch, Panel dOut, StepSize step, Workers workers);

        /**
         * Brings the vectors that a batch reads up to date; to be called before the batch is read in a step of
         * training. What a penalty takes from all vectors in every step is taken from them when they are read next.
         */
        default void prepare(SparseBatch batch, Workers workers) {}

        /**
         * The bags of a batch that has been prepared, as {@link InputTable#bags} has them; what is found on the way may
         * be kept for the step.
         *
         * @param out [batch.rows()][dimension], written
         */
        void bags(SparseBatch batch, Panel out, Workers workers);

        /** An epoch begins. @param epoch from 1 */
        default void startEpoch(int epoch) {}

        /** An epoch ends: all vectors are brought up to date, so that the table can be read as it is. */
        default void endEpoch() {}
    }
}
