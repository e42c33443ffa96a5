package dev.longtail.predict;

import dev.longtail.config.Require;
import dev.longtail.model.RatingModel;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.AnchorTable;

/**
 * The vectors that a new user may have: sums of some rows, weighted by the coordinates that fold-in solves for. A table
 * that is free has the unit vectors for rows, so its coordinates are the vector; one of anchors has the anchors, with
 * coordinates that must not be negative.
 *
 * @param rows [coordinates][dimension], at least one
 * @param nonNegative whether coordinates must be at least 0
 */
public record UserSpace(float[][] rows, boolean nonNegative) {

    public UserSpace {
        Require.that(rows.length >= 1, "rows of a user space", "at least 1", rows.length);
        rows = rows.clone();
    }

    /** All vectors of a length. */
    public static UserSpace whole(int dimension) {
        float[][] rows = new float[dimension][dimension];
        for (int k = 0; k < dimension; k++) {
            rows[k][k] = 1;
        }
        return new UserSpace(rows, false);
    }

    /**
     * The vectors that users of a model may have: mixes of the anchors where the users' table has anchors and adds them
     * up by weights that may not be negative, otherwise all.
     */
    public static UserSpace of(RatingModel model) {
        if (!(model.userTable() instanceof AnchorTable table)
                || table.config().mixing() != AnchorConfig.Mixing.LINEAR
                || table.config().penalty().domain() == ProximalConfig.Domain.SIGNED) {
            return whole(model.config().dimension());
        }
        float[][] anchors = new float[table.count()][model.config().dimension()];
        for (int k = 0; k < anchors.length; k++) {
            table.anchor(k, anchors[k]);
        }
        return new UserSpace(anchors, true);
    }

    /** Number of coordinates. */
    int size() {
        return rows.length;
    }

    /** Writes rows times a vector: what each coordinate adds to the product with that vector. */
    void project(float[] values, int offset, double[] out) {
        for (int j = 0; j < rows.length; j++) {
            double sum = 0;
            for (int k = 0; k < rows[j].length; k++) {
                sum += (double) rows[j][k] * values[offset + k];
            }
            out[j] = sum;
        }
    }

    /** Product of two rows. */
    double product(int j, int k) {
        double sum = 0;
        for (int i = 0; i < rows[j].length; i++) {
            sum += (double) rows[j][i] * rows[k][i];
        }
        return sum;
    }

    /** The vector of some coordinates. */
    float[] vector(double[] coordinates) {
        float[] vector = new float[rows[0].length];
        for (int k = 0; k < vector.length; k++) {
            double sum = 0;
            for (int j = 0; j < rows.length; j++) {
                sum += coordinates[j] * rows[j][k];
            }
            vector[k] = (float) sum;
        }
        return vector;
    }
}
