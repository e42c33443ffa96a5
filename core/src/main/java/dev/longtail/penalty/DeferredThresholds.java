package dev.longtail.penalty;

import dev.longtail.config.Require;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Arrays;

/**
 * What rows have missed of a penalty that shrinks all rows in each step, so that a step need not visit the rows that no
 * example of its batch has. The sum of all thresholds so far is kept, and for each row what that sum was when the row
 * was last up to date; the difference is one threshold that stands for all missed steps ({@link Proximal} proves it).
 *
 * <p>Where coordinates have steps of their own, threshold t of a step is rate times lambda2, and what a coordinate owes
 * is {@link #settle} times the factor by which its step differs from the rate: the state of an untouched row does not
 * change, so the factor is the same in all steps that were missed.
 *
 * <p>Sums are doubles, since a float would lose steps of 10^-8 after some ten thousand of them: 8 bytes a row. Rows may
 * be settled by different threads, each row by one, but not during {@link #step}.
 */
public final class DeferredThresholds implements Stateful {

    private double[] settled;
    private double sum;

    /** Rows that have missed nothing yet. */
    public DeferredThresholds(int rows) {
        settled = new double[rows];
    }

    /**
     * There are rows more, behind the others, which have missed nothing yet. @param rows of all, no fewer than before
     */
    public void grow(int rows) {
        int before = settled.length;
        settled = Arrays.copyOf(settled, rows);
        Arrays.fill(settled, before, rows, sum);
    }

    /**
     * A step has come that shrinks every row.
     *
     * @param threshold at least 0
     */
    public void step(float threshold) {
        Require.that(threshold >= 0 && Float.isFinite(threshold), "threshold", "at least 0", threshold);
        sum += threshold;
    }

    /** The threshold that a row has missed. */
    public float owed(int row) {
        return (float) (sum - settled[row]);
    }

    /** The threshold that a row has missed; from now on it has missed nothing. */
    public float settle(int row) {
        float owed = owed(row);
        settled[row] = sum;
        return owed;
    }

    /**
     * Brings a row of non-negative numbers up to date: after this it is what it would be if every step had visited it.
     *
     * @return whether the row had missed anything
     */
    public boolean bringUpToDate(int row, float[] values, int offset, int n) {
        float owed = settle(row);
        if (owed > 0) {
            Proximal.nonNegativeSoft(values, offset, n, owed);
        }
        return owed > 0;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.doubles(name + ".settled", settled);
        sum = state.number(name + ".sum", sum);
    }

    /** Bytes that this takes. */
    public long bytes() {
        return (long) settled.length * Double.BYTES;
    }
}
