package dev.longtail.table;

import dev.longtail.matrix.SparseFactor;

/** Orders the anchors of a table so that those with the least weight stand last. */
final class WeakestAnchors {

    private final SparseFactor transform;
    private final AnchorMatrix anchors;
    private final double[] weights;

    WeakestAnchors(SparseFactor transform, AnchorMatrix anchors) {
        this.transform = transform;
        this.anchors = anchors;
        this.weights = new double[anchors.count()];
        SparseFactor.View view = new SparseFactor.View();
        for (int row = 0; row < transform.rows(); row++) {
            transform.view(row, view);
            for (int j = 0; j < view.length; j++) {
                double value = view.values[view.offset + j];
                weights[view.column(j)] += value * value;
            }
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= anchors.squaredLength(k);
        }
    }

    /** Brings the weakest anchors with their links behind the first {@code count} ones, the weakest to the end. */
    void moveBehind(int count) {
        for (int last = weights.length - 1; last >= count; last--) {
            int weakest = last;
            for (int k = 0; k < last; k++) {
                weakest = weights[k] < weights[weakest] ? k : weakest;
            }
            if (weakest != last) {
                transform.swap(weakest, last);
                anchors.swap(weakest, last);
                weights[weakest] = weights[last];
            }
        }
        anchors.refresh();
    }
}
