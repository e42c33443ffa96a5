package dev.longtail.variational;

import dev.longtail.matrix.Shards;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.Workers;

/** What the vectors of a side may be: any, or mixes of anchors. Their table is part of its state. */
sealed interface RowForm extends Stateful permits FreeRows, MixedRows {

    /** How rows are cut into pieces that different threads may take. */
    Shards shards();

    /** A sweep begins: the vectors are put into the beliefs, and what rows have in common takes its step. */
    void begin(Side own, Side other, Setting setting, Workers workers);

    /** What finds rows; scratch of one piece. */
    Solver solver(Side own, Setting setting);

    /** Finds the best vector of a row and stores it in its table. */
    interface Solver {

        /**
         * Minimises half the expected sum of squared errors with what pulls the vector and the bias towards 0.
         *
         * @param h sum of second moments and the prior's pull, both halves, [dimension][dimension]; not changed
         * @param x [dimension], written
         * @return the bias
         */
        double solve(int row, RowSystem system, double[][] h, double[] x);
    }

    /**
     * A sweep.
     *
     * @param epoch from 1
     * @param mean of all ratings
     * @param noise variance of a rating around its score
     */
    record Setting(int epoch, float mean, double noise) {}
}
