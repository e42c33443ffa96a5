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
public sealed interface InputTable permits RowTable {

    /** Number of features. */
    int features();

    /** Length of a vector. */
    int dimension();

    /** Draws the first values. */
    void initialise(float initialScale, long seed);

    /**
     * The bag of each row of a batch.
     *
     * @param out [batch.rows()][dimension], written
     */
    void bags(SparseBatch batch, Panel out, Workers workers);

    /** All learned numbers under their names in the model file; the live arrays. */
    List<Tensor> tensors();

    /** The table's training: optimiser state and scratch. */
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
