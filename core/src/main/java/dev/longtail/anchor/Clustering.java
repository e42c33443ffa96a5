package dev.longtail.anchor;

/**
 * Clusters of points.
 *
 * @param centres [clusters][dimension]
 * @param seeds the point that each centre started from
 * @param nearest the centre nearest to each point, the first of equally near ones
 * @param squares squared distance of each point from it
 * @param cost the sum of weight times square, what k-means lowers
 * @param rounds how often the centres were moved
 */
record Clustering(float[] centres, int[] seeds, int[] nearest, double[] squares, double cost, int rounds) {

    /** Number of clusters. */
    int clusters() {
        return seeds.length;
    }
}
