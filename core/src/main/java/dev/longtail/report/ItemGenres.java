package dev.longtail.report;

import dev.longtail.parallel.RandomStream;
import dev.longtail.report.GenreClusters.Purity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** The genres of items as numbers, and how pure groups of items are by them. */
final class ItemGenres {

    private final List<String> names;
    private final List<int[]> byObject = new ArrayList<>();

    /** @param count number of objects */
    ItemGenres(AnchorObjects objects, int count) {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        for (int object = 0; object < count; object++) {
            objects.genres().apply(object).forEach(genre -> numbers.put(genre, 0));
        }
        names = List.copyOf(numbers.keySet());
        for (int number = 0; number < names.size(); number++) {
            numbers.put(names.get(number), number);
        }
        for (int object = 0; object < count; object++) {
            byObject.add(new TreeSet<>(objects.genres().apply(object))
                    .stream().mapToInt(numbers::get).toArray());
        }
    }

    String name(int genre) {
        return names.get(genre);
    }

    boolean has(int object) {
        return byObject.get(object).length > 0;
    }

    /** How many of the items have each genre. */
    long[] counts(IntArrayList items) {
        return counts(items.elements(), 0, items.size());
    }

    private long[] counts(int[] items, int from, int to) {
        long[] counts = new long[names.size()];
        for (int i = from; i < to; i++) {
            for (int genre : byObject.get(items[i])) {
                counts[genre]++;
            }
        }
        return counts;
    }

    /** Number of the largest, the first of equal ones. */
    static int largest(long[] counts) {
        int largest = 0;
        for (int i = 1; i < counts.length; i++) {
            largest = counts[i] > counts[largest] ? i : largest;
        }
        return largest;
    }

    /**
     * Purity of groups, and of groups of the same sizes filled at random.
     *
     * @param groups of items with genres
     * @param pool   items that random groups are filled with, no fewer than the largest group has
     * @param draws  how often groups are drawn, at least 1
     */
    Purity purity(List<IntArrayList> groups, IntArrayList pool, int draws, long seed) {
        long judged = groups.stream().mapToLong(IntArrayList::size).sum();
        if (judged == 0) {
            return new Purity(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        long pure = 0;
        for (IntArrayList group : groups) {
            pure += group.isEmpty() ? 0 : pure(group.elements(), 0, group.size());
        }
        double sum = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int[] shuffled = pool.toIntArray();
        for (int draw = 0; draw < draws; draw++) {
            double purity = (double) pureAtRandom(groups, shuffled, RandomStream.of(seed, draw, 0)) / judged;
            sum += purity;
            low = Math.min(low, purity);
            high = Math.max(high, purity);
        }
        return new Purity(judged, (double) pure / judged, sum / draws, low, high);
    }

    private long pure(int[] items, int from, int to) {
        long[] counts = counts(items, from, to);
        return counts[largest(counts)];
    }

    /** Groups are pieces of the shuffled pool; where it is used up, it is shuffled again. */
    private long pureAtRandom(List<IntArrayList> groups, int[] pool, SplittableRandom random) {
        long pure = 0;
        int next = pool.length;
        for (IntArrayList group : groups) {
            if (next + group.size() > pool.length) {
                shuffle(pool, random);
                next = 0;
            }
            pure += group.isEmpty() ? 0 : pure(pool, next, next + group.size());
            next += group.size();
        }
        return pure;
    }

    // Fisher and Yates
    private static void shuffle(int[] items, SplittableRandom random) {
        for (int i = items.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = items[i];
            items[i] = items[other];
            items[other] = swapped;
        }
    }
}
