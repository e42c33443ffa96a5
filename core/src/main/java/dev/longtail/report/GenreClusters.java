package dev.longtail.report;

import java.util.List;

/**
 * Clusters of items, one for each anchor: an item belongs to the anchor that its largest |weight| links it to, the
 * first of equal ones. What holds them together is measured by genres.
 *
 * <p>Purity (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", section 16.3) is the share of the
 * items whose cluster's most frequent genre is theirs: the sum over clusters of the items with that genre, by the
 * number of items. An item of several genres has each of them. Large clusters so count by their size.
 *
 * <p>Purity alone says little: where half of all items are dramas, any clusters have a purity of about one half. So it
 * comes with that of the same cluster sizes filled at random, and that of one cluster of all items.
 *
 * @param clusters     of every anchor that has an item with genres, by number
 * @param judged       items that have a link and genres
 * @param withoutLinks items without a link, which are in no cluster
 * @param withoutGenres items with a link but without genres, which are not judged
 * @param purity       of the clusters, NaN where nothing is judged
 * @param random       of clusters of the same sizes whose items are drawn at random
 * @param oneCluster   of one cluster of all judged items: the share of the most frequent genre
 */
public record GenreClusters(
        List<Cluster> clusters,
        long judged,
        long withoutLinks,
        long withoutGenres,
        double purity,
        Drawn random,
        double oneCluster) {

    /** What Liang et al. print for MovieLens 25M, section 4.4(3) of "Anchor and Transform"; they define no purity. */
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
     * Purity of clusters that were drawn at random.
     *
     * @param draws how many times
     * @param mean  of all draws
     * @param low   the lowest
     * @param high  the highest
     */
    public record Drawn(int draws, double mean, double low, double high) {}
}
