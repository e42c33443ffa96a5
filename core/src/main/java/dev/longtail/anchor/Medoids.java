package dev.longtail.anchor;

import java.util.Arrays;

/** Points that stand for clusters. */
final class Medoids {

    private Medoids() {}

    /**
     * The point nearest to the centre of each cluster, among those that belong to it; a cluster without points has the
     * first point that stands for no other. All are different.
     *
     * @param weights of the points; one of weight 0 stands for nothing
     * @param fixed number of first clusters that the points they started from stand for
     */
    static int[] of(Clustering clusters, double[] weights, int fixed) {
        int[] medoids = new int[clusters.clusters()];
        Arrays.fill(medoids, -1);
        boolean[] taken = new boolean[weights.length];
        for (int cluster = 0; cluster < fixed; cluster++) {
            medoids[cluster] = clusters.seeds()[cluster];
            taken[medoids[cluster]] = true;
        }
        for (int point = 0; point < weights.length; point++) {
            int cluster = clusters.nearest()[point];
            boolean nearer = medoids[cluster] < 0 || clusters.squares()[point] < clusters.squares()[medoids[cluster]];
            if (cluster >= fixed && weights[point] > 0 && !taken[point] && nearer) {
                medoids[cluster] = point;
            }
        }
        for (int medoid : medoids) {
            if (medoid >= 0) {
                taken[medoid] = true;
            }
        }
        int next = 0;
        for (int cluster = fixed; cluster < medoids.length; cluster++) {
            if (medoids[cluster] < 0) {
                while (taken[next] || weights[next] == 0) {
                    next++;
                }
                medoids[cluster] = next;
                taken[next] = true;
            }
        }
        return medoids;
    }
}
