package dev.longtail.report;

import dev.longtail.parallel.RandomStream;
import dev.longtail.report.GenreClusters.Cluster;
import dev.longtail.report.GenreClusters.Drawn;
import dev.longtail.report.GenreClusters.GenreShare;
import dev.longtail.table.AnchorTable;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Counts genres in the clusters of an anchor table's items, and in clusters drawn at random. */
final class GenreCounts {

    private static final int TYPICAL = 3;

    /** Standard deviations that a genre lies above its share among all items before it is called typical. */
    private static final double TELLING = 3;

    private final List<String> genres;
    private final int clusters;
    private final IntArrayList cluster = new IntArrayList(); // of each judged item
    private final List<int[]> genresOf = new ArrayList<>(); // of each judged item, ascending
    private long withoutLinks;
    private long withoutGenres;

    GenreCounts(AnchorTable table, AnchorObjects objects) {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        for (int object = 0; object < table.features(); object++) {
            objects.genres().apply(object).forEach(genre -> numbers.put(genre, 0));
        }
        genres = List.copyOf(numbers.keySet());
        IntStream.range(0, genres.size()).forEach(number -> numbers.put(genres.get(number), number));
        clusters = table.count();
        Links row = new Links(table);
        for (int object = 0; object < table.features(); object++) {
            TreeSet<String> own = new TreeSet<>(objects.genres().apply(object));
            if (!row.read(object) || row.count() == 0) {
                withoutLinks++;
            } else if (own.isEmpty()) {
                withoutGenres++;
            } else {
                cluster.add(row.anchor(row.strongest()));
                genresOf.add(own.stream().mapToInt(numbers::get).toArray());
            }
        }
    }

    /** @param draws at least 1 */
    GenreClusters measure(int draws, long seed) {
        int judged = cluster.size();
        int[] own = cluster.toIntArray();
        long[][] counts = counts(own);
        long[] sizes = new long[clusters];
        long[] overall = new long[genres.size()];
        for (int item = 0; item < judged; item++) {
            sizes[own[item]]++;
            for (int genre : genresOf.get(item)) {
                overall[genre]++;
            }
        }
        List<Cluster> found = new ArrayList<>();
        for (int anchor = 0; anchor < clusters; anchor++) {
            if (sizes[anchor] > 0) {
                found.add(cluster(anchor, counts[anchor], sizes[anchor], overall));
            }
        }
        return new GenreClusters(
                found,
                judged,
                withoutLinks,
                withoutGenres,
                purity(counts),
                drawn(own, draws, seed),
                judged == 0 ? Double.NaN : (double) overall[largest(overall)] / judged);
    }

    private long[][] counts(int[] clusterOf) {
        long[][] counts = new long[clusters][genres.size()];
        for (int item = 0; item < clusterOf.length; item++) {
            for (int genre : genresOf.get(item)) {
                counts[clusterOf[item]][genre]++;
            }
        }
        return counts;
    }

    private double purity(long[][] counts) {
        if (cluster.isEmpty()) {
            return Double.NaN;
        }
        long pure = 0;
        for (long[] genreCounts : counts) {
            pure += genreCounts[largest(genreCounts)];
        }
        return (double) pure / cluster.size();
    }

    private static int largest(long[] counts) {
        int largest = 0;
        for (int i = 1; i < counts.length; i++) {
            largest = counts[i] > counts[largest] ? i : largest;
        }
        return largest;
    }

    /** The same clusters with their items shuffled (Fisher and Yates), so many times. */
    private Drawn drawn(int[] own, int draws, long seed) {
        double sum = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int[] shuffled = own.clone();
        for (int draw = 0; draw < draws; draw++) {
            SplittableRandom random = RandomStream.of(seed, draw, 0);
            for (int i = shuffled.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int swapped = shuffled[i];
                shuffled[i] = shuffled[other];
                shuffled[other] = swapped;
            }
            double purity = purity(counts(shuffled));
            sum += purity;
            low = Math.min(low, purity);
            high = Math.max(high, purity);
        }
        return new Drawn(draws, sum / draws, low, high);
    }

    private Cluster cluster(int anchor, long[] counts, long size, long[] overall) {
        int largest = largest(counts);
        record Telling(GenreShare share, double deviations) {}
        List<GenreShare> typical = IntStream.range(0, counts.length)
                .mapToObj(genre -> new GenreShare(
                        genres.get(genre), (double) counts[genre] / size, (double) overall[genre] / cluster.size()))
                .map(share -> new Telling(share, deviations(share, size)))
                .filter(telling -> telling.deviations >= TELLING)
                .sorted(Comparator.comparingDouble(telling -> -telling.deviations))
                .limit(TYPICAL)
                .map(Telling::share)
                .toList();
        return new Cluster(anchor, size, genres.get(largest), (double) counts[largest] / size, typical);
    }

    /** By how many standard deviations of so many random items the share in a cluster is above that of all. */
    private static double deviations(GenreShare share, long size) {
        double variance = share.overall() * (1 - share.overall()) / size;
        return variance == 0 ? 0 : (share.share() - share.overall()) / Math.sqrt(variance);
    }
}
