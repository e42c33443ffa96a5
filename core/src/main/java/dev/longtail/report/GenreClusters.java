package dev.longtail.report;

import java.util.List;

/**
 * What the items of an anchor have in common, measured by genres. An item belongs to the cluster of the anchor that its
 * largest |weight| links it to, the first of equal ones.
 *
 * <p>Purity (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", section 16.3) is the share of the
 * items whose cluster's most frequent genre is theirs: the sum over clusters of the items with that genre, by the
 * number of items, so that clusters count by their size. An item of several genres has each of them.
 *
 * <p>Purity alone says little: where half of all items are dramas, any clusters have a purity of about one half. So it
 * comes with that of clusters of the same sizes filled at random, and that of one cluster of all items.
 *
 * <p>Liang et al. do not define theirs; they write that movies were sorted by the magnitude of their coefficients for
 * each anchor. That may mean the first ones of each anchor only, so these are measured as well.
 *
 * @param clusters      of every anchor that has an item with genres, the largest first
 * @param withoutLinks  items without a link, which are in no cluster
 * @param withoutGenres items with a link but without genres, which are not judged
 * @param all           purity of the clusters
 * @param strongest     purity of the first items of each anchor, those with the largest |weight|; an item may be among
 *     those of several anchors
 * @param oneCluster    of one cluster of all judged items: the share of the most frequent genre
 */
public record GenreClusters(
        List<Cluster> clusters,
        long withoutLinks,
        long withoutGenres,
        Purity all,
        Purity strongest,
        double oneCluster) {

    /** What Liang et al. print for MovieLens 25M, section 4.4(3) of "Anchor and Transform". */
    public static final double PAPER = 0.617;

    public GenreClusters {
        clusters = List.copyOf(clusters);
    }

    /**
     * The items of an anchor.
     *
     * @param anchor  its number
     * @param judged  items with genres
     * @param genre   the most frequent genre, the alphabetically first of equal ones
     * @param share   of the items that have it
     * @param typical genres that are much more frequent here than among all items, the most telling first
     */
    public record Cluster(int anchor, long judged, String genre, double share, List<GenreShare> typical) {

        public Cluster {
            typical = List.copyOf(typical);
        }
    }

    /**
     * How frequent a genre is.
     *
     * @param share   among the items of a cluster
     * @param overall among all judged items
     */
    public record GenreShare(String genre, double share, double overall) {}

    /**
     * Purity of clusters, beside that of clusters of the same sizes that were drawn at random.
     *
     * @param judged items in the clusters
     * @param value  the purity, NaN of no items
     * @param random mean of the random ones
     * @param low    the lowest of the random ones
     * @param high   the highest of the random ones
     */
    public record Purity(long judged, double value, double random, double low, double high) {}
}
