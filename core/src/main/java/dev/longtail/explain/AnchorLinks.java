package dev.longtail.explain;

import dev.longtail.matrix.SparseFactor;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.AnchorTable;

/** What objects of an anchor table have of each anchor. */
final class AnchorLinks {

    private final AnchorTable table;
    private final int[] objects;
    private final SparseFactor.View view = new SparseFactor.View();

    AnchorLinks(AnchorTable table) {
        this.table = table;
        this.objects = table.objects();
    }

    /** The feature that an anchor is, negative when it is none. */
    int object(int anchor) {
        return anchor < objects.length ? objects[anchor] : -1;
    }

    /** The product of each anchor with a vector, double[anchors]. */
    double[] products(double[] vector) {
        double[] products = new double[table.count()];
        float[] anchor = new float[table.dimension()];
        for (int k = 0; k < products.length; k++) {
            table.anchor(k, anchor);
            for (int j = 0; j < vector.length; j++) {
                products[k] += anchor[j] * vector[j];
            }
        }
        return products;
    }

    /**
     * What the vector of a feature has of each anchor, double[anchors]: its links, or for softmax mixtures in each set
     * of anchors e^t[k] over the sum of these, where t is 0 without a link.
     */
    double[] ofFeature(int feature) {
        double[] shares = new double[table.count()];
        int row = table.row(feature);
        if (row < 0) {
            return shares;
        }
        table.transform().view(row, view);
        for (int j = 0; j < view.length; j++) {
            shares[view.column(j)] = view.values[view.offset + j];
        }
        if (table.config().mixing() == AnchorConfig.Mixing.SOFTMAX) {
            int perSet = shares.length / table.config().sets();
            for (int first = 0; first < shares.length; first += perSet) {
                softmax(shares, first, first + perSet);
            }
        }
        return shares;
    }

    private static void softmax(double[] values, int from, int end) {
        double sum = 0;
        for (int k = from; k < end; k++) {
            values[k] = Math.exp(values[k]);
            sum += values[k];
        }
        for (int k = from; k < end; k++) {
            values[k] /= sum;
        }
    }
}
