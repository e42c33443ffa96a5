package dev.longtail.report;

import dev.longtail.report.GenreClusters.Cluster;
import dev.longtail.report.GenreClusters.GenreShare;
import dev.longtail.table.AnchorTable;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts the items of an anchor table into clusters, one for each anchor, and counts their genres. */
final class ClusterSearch {

    private static final int TYPICAL = 3;
    private static final long SEED = 1;

    /** Items that have a genre at least before it is called typical of a cluster. */
    private static final int FEW = 3;

    /** Standard deviations that a genre lies above its share among all items before it is called typical. */
    private static final double TELLING = 3;

    private final ItemGenres genres;
    private final List<IntArrayList> clusters = new ArrayList<>(); // items with genres by anchor
    private final IntArrayList judged = new IntArrayList();
    private final IntArrayList frequent = new IntArrayList(); // judged items that may be among the strongest
    private final List<IntArrayList> strongest = new ArrayList<>(); // of each anchor, with genres
    private long withoutLinks;
    private long withoutGenres;

    /**
     * @param groups the strongest objects of each anchor
     * @param least  training examples that these have at least
     */
    ClusterSearch(AnchorTable table, AnchorObjects objects, List<AnchorGroup> groups, int least) {
        genres = new ItemGenres(objects, table.features());
        for (int anchor = 0; anchor < groups.size(); anchor++) {
            clusters.add(new IntArrayList());
        }
        for (AnchorGroup group : groups) {
            strongest.add(new IntArrayList(group.members().stream()
                    .mapToInt(AnchorGroup.Member::object)
                    .filter(genres::has)
                    .toArray()));
        }
        Links row = new Links(table);
        for (int object = 0; object < table.features(); object++) {
            if (!row.read(object) || row.count() == 0) {
                withoutLinks++;
            } else if (!genres.has(object)) {
                withoutGenres++;
            } else {
                clusters.get(row.anchor(row.strongest())).add(object);
                judged.add(object);
                if (objects.isFrequent(object, least)) {
                    frequent.add(object);
                }
            }
        }
    }

    /** @param draws of random clusters, at least 1 */
    GenreClusters measure(int draws) {
        long[] overall = genres.counts(judged);
        List<Cluster> found = new ArrayList<>();
        for (int anchor = 0; anchor < clusters.size(); anchor++) {
            if (!clusters.get(anchor).isEmpty()) {
                found.add(cluster(anchor, overall));
            }
        }
        found.sort(
                Comparator.comparingLong((Cluster cluster) -> -cluster.judged()).thenComparingInt(Cluster::anchor));
        return new GenreClusters(
                found,
                withoutLinks,
                withoutGenres,
                genres.purity(clusters, judged, draws, SEED),
                genres.purity(strongest, frequent, draws, SEED),
                judged.isEmpty() ? Double.NaN : (double) overall[ItemGenres.largest(overall)] / judged.size());
    }

    private Cluster cluster(int anchor, long[] overall) {
        long size = clusters.get(anchor).size();
        long[] counts = genres.counts(clusters.get(anchor));
        int largest = ItemGenres.largest(counts);
        record Telling(GenreShare share, double deviations) {}
        List<GenreShare> typical = IntStream.range(0, counts.length)
                .mapToObj(genre -> new GenreShare(
                        genres.name(genre), (double) counts[genre] / size, (double) overall[genre] / judged.size()))
                .map(share -> new Telling(share, deviations(share, size)))
                .filter(telling -> telling.deviations >= TELLING && telling.share.share() * size >= FEW - 0.5)
                .sorted(Comparator.comparingDouble(telling -> -telling.deviations))
                .limit(TYPICAL)
                .map(Telling::share)
                .toList();
        return new Cluster(anchor, size, genres.name(largest), (double) counts[largest] / size, typical);
    }

    /** By how many standard deviations of so many random items the share in a cluster is above that of all. */
    private static double deviations(GenreShare share, long size) {
        double variance = share.overall() * (1 - share.overall()) / size;
        return variance == 0 ? 0 : (share.share() - share.overall()) / Math.sqrt(variance);
    }
}
