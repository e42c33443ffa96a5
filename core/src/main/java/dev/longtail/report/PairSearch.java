package dev.longtail.report;

import dev.longtail.report.StrongPairs.Measure;
import dev.longtail.report.StrongPairs.Pair;
import dev.longtail.table.AnchorTable;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the pairs of objects whose rows of T are most alike. Two rows without a common anchor have a product of 0, so
 * pairs are taken from one list an anchor: the objects that are linked to it most strongly, as many of them as make
 * about {@value #WORK} multiply-adds in all. Each pair of a list is compared once, by the whole rows.
 */
final class PairSearch {

    private static final double WORK = 2e9;
    private static final int ENTRIES = 1 << 20;
    private static final int KEPT = 1 << 16;

    private final AnchorTable table;
    private final AnchorObjects objects;
    private final Measure measure;
    private final int least;
    private boolean complete = true;
    private double meanSquare; // of the lengths of rows that are looked at

    // Rows of the objects in any list, one behind the other, and their lengths.
    private final IntArrayList number = new IntArrayList();
    private final IntArrayList start = new IntArrayList(new int[] {0});
    private final IntArrayList anchors = new IntArrayList();
    private final FloatArrayList weights = new FloatArrayList();
    private final DoubleArrayList norms = new DoubleArrayList();

    /** @param least training examples that an object has at least to be looked at */
    PairSearch(AnchorTable table, AnchorObjects objects, Measure measure, int least) {
        this.table = table;
        this.objects = objects;
        this.measure = measure;
        this.least = least;
    }

    /**
     * The most alike pairs: one after another, the most alike that is left, unless one of its objects has its share.
     *
     * @param most     pairs at most
     * @param anObject pairs in which an object stands at most
     */
    StrongPairs find(int most, int anObject) {
        List<int[]> lists = candidates();
        Comparator<Pair> better = Comparator.<Pair>comparingDouble(pair -> -value(pair))
                .thenComparingDouble(pair -> -pair.cosine())
                .thenComparingInt(Pair::first)
                .thenComparingInt(Pair::second);
        Best<Pair> best = new Best<>(Math.max(most, KEPT), better);
        float[] row = new float[table.count()];
        int[] seen = new int[number.size()];
        Arrays.fill(seen, -1);
        for (int u = 0; u < number.size(); u++) {
            for (int i = start.getInt(u); i < start.getInt(u + 1); i++) {
                row[anchors.getInt(i)] = weights.getFloat(i);
            }
            for (int i = start.getInt(u); i < start.getInt(u + 1); i++) {
                for (int v : lists.get(anchors.getInt(i))) {
                    if (v > u && seen[v] != u) {
                        seen[v] = u;
                        compare(u, v, row, best);
                    }
                }
            }
            for (int i = start.getInt(u); i < start.getInt(u + 1); i++) {
                row[anchors.getInt(i)] = 0;
            }
        }
        List<Pair> chosen = choose(best.list(), most, anObject);
        complete &= chosen.size() == most || best.worst() == null;
        return new StrongPairs(measure, least, chosen, complete);
    }

    private static List<Pair> choose(List<Pair> pairs, int most, int anObject) {
        Int2IntOpenHashMap times = new Int2IntOpenHashMap();
        List<Pair> chosen = new ArrayList<>();
        for (Pair pair : pairs) {
            if (chosen.size() < most && times.get(pair.first()) < anObject && times.get(pair.second()) < anObject) {
                times.addTo(pair.first(), 1);
                times.addTo(pair.second(), 1);
                chosen.add(pair);
            }
        }
        return chosen;
    }

    /** Objects in any list get small numbers; the lists hold those. */
    private List<int[]> candidates() {
        List<Best<Entry>> strongest = new ArrayList<>();
        int room = room();
        for (int anchor = 0; anchor < table.count(); anchor++) {
            strongest.add(new Best<>(room, Entry.LARGEST));
        }
        long[] entries = new long[table.count()];
        Links links = new Links(table);
        meanSquare = meanSquare(links);
        for (int object = 0; object < table.features(); object++) {
            if (isLookedAt(object, links)) {
                double scale = scale(links.norm());
                for (int i = 0; i < links.count(); i++) {
                    entries[links.anchor(i)]++;
                    strongest.get(links.anchor(i)).offer(new Entry(object, (float)
                            (Math.abs(links.weight(i)) * scale)));
                }
            }
        }
        int[] small = new int[table.features()];
        Arrays.fill(small, -1);
        List<int[]> lists = new ArrayList<>();
        for (int anchor = 0; anchor < table.count(); anchor++) {
            List<Entry> list = strongest.get(anchor).list();
            complete &= list.size() == entries[anchor];
            lists.add(list.stream()
                    .mapToInt(entry -> small(entry.object, small, links))
                    .toArray());
        }
        return lists;
    }

    private double meanSquare(Links links) {
        double sum = 0;
        int rows = 0;
        for (int object = 0; object < table.features(); object++) {
            if (isLookedAt(object, links)) {
                sum += links.norm() * links.norm();
                rows++;
            }
        }
        return rows == 0 ? 0 : sum / rows;
    }

    /** What weights are multiplied by before they are compared between rows of different lengths. */
    private double scale(double norm) {
        return measure == Measure.SIMILARITY ? 1 / Math.sqrt(norm * norm + meanSquare) : 1;
    }

    private record Entry(int object, float value) {

        static final Comparator<Entry> LARGEST =
                Comparator.<Entry>comparingDouble(entry -> -entry.value).thenComparingInt(Entry::object);
    }

    /** Length of a list at most: K lists have room^2 / 2 pairs each, of as many multiply-adds as a row has links. */
    private int room() {
        double links =
                Math.max(1, (double) table.transform().nnz() / table.transform().rows());
        double pairs = 2 * WORK / links / table.count();
        return (int) Math.max(2, Math.min(Math.sqrt(pairs), ENTRIES / (double) table.count()));
    }

    private boolean isLookedAt(int object, Links links) {
        return objects.isFrequent(object, least)
                && links.read(object)
                && links.count() >= (measure == Measure.SIMILARITY ? 2 : 1);
    }

    private int small(int object, int[] small, Links links) {
        if (small[object] < 0) {
            small[object] = number.size();
            links.read(object);
            for (int i = 0; i < links.count(); i++) {
                anchors.add(links.anchor(i));
                weights.add(links.weight(i));
            }
            norms.add(links.norm());
            number.add(object);
            start.add(anchors.size());
        }
        return small[object];
    }

    private int count(int object) {
        return objects.count().applyAsInt(object);
    }

    private double value(Pair pair) {
        return measure == Measure.SIMILARITY ? pair.similarity() : pair.product();
    }

    private void compare(int u, int v, float[] row, Best<Pair> best) {
        double product = 0;
        int shared = 0;
        for (int i = start.getInt(v); i < start.getInt(v + 1); i++) {
            float other = row[anchors.getInt(i)];
            product += (double) other * weights.getFloat(i);
            shared += other == 0 ? 0 : 1;
        }
        double lengths = norms.getDouble(u) * norms.getDouble(v);
        double similarity = product / (lengths + meanSquare);
        Pair worst = best.worst();
        double value = measure == Measure.SIMILARITY ? similarity : product;
        if (product > 0 && (worst == null || value >= value(worst))) {
            int a = number.getInt(u);
            int b = number.getInt(v);
            boolean order = count(a) != count(b) ? count(a) > count(b) : a < b;
            double cosine = product / lengths;
            best.offer(new Pair(order ? a : b, order ? b : a, similarity, cosine, product, shared));
        }
    }
}
