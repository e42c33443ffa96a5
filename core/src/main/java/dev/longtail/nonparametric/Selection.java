package dev.longtail.nonparametric;

import dev.longtail.matrix.IdLists;

/**
 * A binary matrix Z, objects in rows and anchors in columns, of which the ones are kept.
 *
 * @param rows for each object its anchors, ascending
 * @param anchors number of columns, none of which is empty
 */
public record Selection(IdLists rows, int anchors) {

    /** Number of objects. */
    public int objects() {
        return rows.rows();
    }

    /** Number of ones. */
    public int size() {
        return rows.start(rows.rows());
    }

    /** How many objects have each anchor. */
    public int[] popularity() {
        int[] popularity = new int[anchors];
        for (int at = 0; at < size(); at++) {
            popularity[rows.ids()[at]]++;
        }
        return popularity;
    }
}
