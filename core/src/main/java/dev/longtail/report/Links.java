package dev.longtail.report;

import dev.longtail.matrix.SparseFactor;
import dev.longtail.table.AnchorTable;

/** The links of one object after another: the entries of its row of T that are not 0, by ascending anchors. */
final class Links {

    private final AnchorTable table;
    private final SparseFactor.View view = new SparseFactor.View();
    private final int[] anchors;
    private final float[] weights;
    private int count;

    Links(AnchorTable table) {
        this.table = table;
        this.anchors = new int[table.count()];
        this.weights = new float[table.count()];
    }

    /** Reads the row of an object; returns whether it has one. */
    boolean read(int object) {
        count = 0;
        int row = table.row(object);
        if (row < 0) {
            return false;
        }
        table.transform().view(row, view);
        for (int j = 0; j < view.length; j++) {
            float weight = view.values[view.offset + j];
            if (weight != 0) {
                anchors[count] = view.column(j);
                weights[count++] = weight;
            }
        }
        return true;
    }

    /** Number of links. */
    int count() {
        return count;
    }

    /** Anchor of link i. */
    int anchor(int i) {
        return anchors[i];
    }

    /** Weight of link i, not 0; below 0 only where T may be signed. */
    float weight(int i) {
        return weights[i];
    }

    /** Sum of |weight|. */
    double sum() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.abs(weights[i]);
        }
        return sum;
    }

    /** Euclidean length of the row. */
    double norm() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (double) weights[i] * weights[i];
        }
        return Math.sqrt(sum);
    }

    /** Number of the link with the largest |weight|, the first of equal ones; -1 without links. */
    int strongest() {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (best < 0 || Math.abs(weights[i]) > Math.abs(weights[best])) {
                best = i;
            }
        }
        return best;
    }
}
