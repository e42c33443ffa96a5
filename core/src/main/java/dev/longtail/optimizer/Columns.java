package dev.longtail.optimizer;

import java.util.function.IntBinaryOperator;

/**
 * The columns of the matrix that rows of parameters are part of: which input each parameter of a row belongs to. Rules
 * with factored state keep a number for each of them.
 */
public interface Columns {

    /** Number of columns. */
    int count();

    /** The column of a parameter, in [0, count); distinct within a row, and different after a connection has moved. */
    int column(int row, int slot);

    /** Full rows: the column is the place in the row. */
    static Columns dense(int width) {
        return of(width, (row, slot) -> slot);
    }

    /** Columns by a function of row and slot. */
    static Columns of(int count, IntBinaryOperator column) {
        return new Columns() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public int column(int row, int slot) {
                return column.applyAsInt(row, slot);
            }
        };
    }
}
