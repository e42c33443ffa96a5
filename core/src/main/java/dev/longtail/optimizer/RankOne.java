package dev.longtail.optimizer;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Arrays;

/**
 * A non-negative matrix X with a pattern of entries, kept as one number a row and one a column, X[i][k] = r[i] c[k].
 * It is the fit of least I-divergence (Lee and Seung, Nature 1999), on full matrices the product of row sums and column
 * sums over the total that Adafactor keeps (Shazeer and Stern, ICML 2018). Rows pass by one at a time and only some of
 * them in a step, therefore
 *
 * <pre>
 *   r[i] = sum over slots of X[i][k] / sum over slots of c[k]        when row i passes
 *   N[k] = decay N[k] + sum over the rows of the step of X[i][k]     when the step ends
 *   D[k] = decay D[k] + sum over the rows of the step of r[i]
 *   c[k] = N[k] / D[k]
 * </pre>
 *
 * The sums over earlier steps keep a row that passes for the first time from making the columns its own. As
 * sum c D = sum N stays true from step to step, columns and rows do not drift apart in scale. Columns start at 1.
 */
final class RankOne implements Stateful {

    // a column whose entries have all been 0 must not stay there for rows to come
    private static final float LEAST = 1e-12f;

    // sums of columns that nothing has touched for very long decay no further than numbers are exact
    private static final double LEAST_MASS = 1e-200;

    private final double decay;
    private final float[] rows;
    private final float[] columns;
    private final double[] sums;
    private final double[] masses;

    RankOne(int rows, int columns, float decay) {
        this.decay = decay;
        this.rows = new float[rows];
        this.columns = new float[columns];
        this.sums = new double[columns];
        this.masses = new double[columns];
        Arrays.fill(this.columns, 1);
    }

    /** r[row]. */
    float row(int row) {
        return rows[row];
    }

    /** c[column], the same for all rows of a step. */
    float column(int column) {
        return columns[column];
    }

    /** Sets r[row] = entries / columns, both sums over the slots of the row. */
    void setRow(int row, double entries, double ofColumns) {
        rows[row] = (float) (entries / ofColumns);
    }

    /** Counts an entry of a row whose factor has been set. */
    void add(int row, int column, float entry) {
        sums[column] += entry;
        masses[column] += rows[row];
    }

    /** Takes over the columns that the rows of the step have made. */
    void endStep() {
        for (int k = 0; k < columns.length; k++) {
            if (masses[k] > LEAST_MASS) {
                columns[k] = Math.max(LEAST, (float) (sums[k] / masses[k]));
                sums[k] *= decay;
                masses[k] *= decay;
            }
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.floats(name + ".rows", rows);
        state.floats(name + ".columns", columns);
        state.doubles(name + ".sums", sums);
        state.doubles(name + ".masses", masses);
    }

    long bytes() {
        return (rows.length + (long) columns.length) * Float.BYTES + 2L * columns.length * Double.BYTES;
    }
}
