package dev.longtail.relation;

import dev.longtail.matrix.SparseRows;
import dev.longtail.relation.CooccurrenceCounter.Pruned;
import java.util.Arrays;

/**
 * How often objects co-occur: the symmetric matrix C, where C[a][b] is the number of times that a and b stand within
 * the window, counted for a at the one place and b at the other, so C[a][a] counts a pair of a twice. Takes 12 bytes a
 * distinct pair and 8 an object. Frozen: any thread may use it.
 */
public final class Cooccurrences {

    private final long[] totals;
    private final long[] pairs;
    private final int[] counts;
    private final Pruned pruned;
    private final double sum;

    /**
     * @param totals sum of each object's row of C
     * @param pairs ascending, see {@link Neighbours#pair}
     * @param counts of the pairs
     */
    Cooccurrences(long[] totals, long[] pairs, int[] counts, Pruned pruned) {
        this.totals = totals;
        this.pairs = pairs;
        this.counts = counts;
        this.pruned = pruned;
        this.sum = Arrays.stream(totals).sum();
    }

    /** Number of objects. */
    public int objects() {
        return totals.length;
    }

    /** Number of different pairs that were counted, those of an object with itself included. */
    public int pairs() {
        return pairs.length;
    }

    /** How many of its pairs an object is in, counted exactly: the sum of C[object]. */
    public long total(int object) {
        return totals[object];
    }

    /** Whether and how far counts are too low. */
    public Pruned pruned() {
        return pruned;
    }

    /** How often two objects co-occur; with itself, an object does in as many pairs. */
    public int count(int a, int b) {
        int at = Arrays.binarySearch(pairs, Neighbours.pair(a, b));
        return at >= 0 ? counts[at] : 0;
    }

    /**
     * Positive pointwise mutual information, max(0, ln(C[a][b] sum(C) / (sum(C[a]) sum(C[b])))): how much more often
     * than by chance two objects co-occur (Church and Hanks 1990; Levy and Goldberg 2014).
     */
    public double ppmi(int a, int b) {
        int at = Arrays.binarySearch(pairs, Neighbours.pair(a, b));
        return at >= 0 ? ppmi(at) : 0;
    }

    private double ppmi(int at) {
        int a = Neighbours.first(pairs[at]);
        int b = Neighbours.second(pairs[at]);
        double entry = a == b ? 2.0 * counts[at] : counts[at];
        return Math.max(0, StrictMath.log(entry * sum / ((double) totals[a] * totals[b])));
    }

    /** The symmetric matrix of {@link #ppmi}, entries that are 0 left out: 16 bytes a pair. */
    public SparseRows ppmiRows() {
        double[] values = new double[pairs.length];
        int[] ends = new int[objects() + 1];
        for (int at = 0; at < pairs.length; at++) {
            values[at] = ppmi(at);
            if (values[at] > 0) {
                ends[Neighbours.first(pairs[at]) + 1]++;
                ends[Neighbours.second(pairs[at]) + 1] += diagonal(at) ? 0 : 1;
            }
        }
        Arrays.parallelPrefix(ends, Math::addExact);
        int[] columns = new int[ends[objects()]];
        float[] entries = new float[columns.length];
        int[] next = ends.clone();
        for (int at = 0; at < pairs.length; at++) {
            int a = Neighbours.first(pairs[at]);
            int b = Neighbours.second(pairs[at]);
            if (values[at] > 0) {
                columns[next[a]] = b;
                entries[next[a]++] = (float) values[at];
            }
            if (values[at] > 0 && a != b) {
                columns[next[b]] = a;
                entries[next[b]++] = (float) values[at];
            }
        }
        return rows(ends, columns, entries);
    }

    private static SparseRows rows(int[] starts, int[] columns, float[] entries) {
        SparseRows rows = new SparseRows(starts.length, columns.length);
        int[] rowColumns = {};
        float[] rowEntries = {};
        for (int row = 0; row + 1 < starts.length; row++) {
            int count = starts[row + 1] - starts[row];
            if (count > rowColumns.length) {
                rowColumns = new int[2 * count];
                rowEntries = new float[2 * count];
            }
            System.arraycopy(columns, starts[row], rowColumns, 0, count);
            System.arraycopy(entries, starts[row], rowEntries, 0, count);
            rows.add(rowColumns, rowEntries, count);
        }
        return rows;
    }

    private boolean diagonal(int at) {
        return Neighbours.first(pairs[at]) == Neighbours.second(pairs[at]);
    }

    /**
     * The related pairs: different objects that co-occur often enough, and of those, where the configuration bounds
     * the neighbours, the pairs that one of the two counts among its strongest; equally strong ones by number.
     */
    public RelationGraph graph(CooccurrenceConfig config) {
        long[] related = new long[pairs.length];
        float[] strengths = new float[pairs.length];
        int size = 0;
        for (int at = 0; at < pairs.length; at++) {
            if (counts[at] >= config.minCount() && !diagonal(at)) {
                related[size] = pairs[at];
                strengths[size++] =
                        config.strength() == CooccurrenceConfig.Strength.COUNT ? counts[at] : (float) ppmi(at);
            }
        }
        if (config.neighbours() > 0) {
            size = StrongPairs.keep(related, strengths, size, config.neighbours());
        }
        return new RelationGraph(
                objects(), Neighbours.of(objects(), related, size), Neighbours.of(objects(), new long[0], 0));
    }

    long[] totals() {
        return totals;
    }

    long[] pairNumbers() {
        return pairs;
    }

    int[] counts() {
        return counts;
    }
}
