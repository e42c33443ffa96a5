package dev.longtail.living;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A vector of few numbers that are not 0, in 64 bits; immutable.
 *
 * @param ids ascending and distinct
 * @param values parallel to {@code ids}
 */
record SparseVector(int[] ids, double[] values) {

    static final SparseVector ZERO = new SparseVector(new int[0], new double[0]);

    /** The first {@code count} numbers of two arrays. @param ids in any order, distinct */
    static SparseVector of(int[] ids, float[] values, int count) {
        int[] order = IntStream.range(0, count).toArray();
        boolean ascending = IntStream.range(1, count).allMatch(i -> ids[i] > ids[i - 1]);
        if (!ascending) {
            order = Arrays.stream(order)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> ids[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return new SparseVector(
                Arrays.stream(order).map(i -> ids[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> values[i]).toArray());
    }

    /** All numbers of an array. */
    static SparseVector ofDense(float[] values) {
        int[] ids = IntStream.range(0, values.length).toArray();
        return of(ids, values, ids.length);
    }

    /** This + factor * other. */
    SparseVector plus(double factor, SparseVector other) {
        int[] sumIds = new int[ids.length + other.ids.length];
        double[] sums = new double[sumIds.length];
        int count = 0;
        for (int i = 0, j = 0; i < ids.length || j < other.ids.length; count++) {
            boolean mine = j == other.ids.length || (i < ids.length && ids[i] <= other.ids[j]);
            boolean both = mine && j < other.ids.length && ids[i] == other.ids[j];
            sumIds[count] = mine ? ids[i] : other.ids[j];
            sums[count] = (mine ? values[i++] : 0) + (both || !mine ? factor * other.values[j++] : 0);
        }
        return new SparseVector(Arrays.copyOf(sumIds, count), Arrays.copyOf(sums, count));
    }

    SparseVector times(double factor) {
        return times(id -> factor);
    }

    /** Each number times a factor of its place. */
    SparseVector times(IntToDoubleFunction factor) {
        double[] products = new double[ids.length];
        Arrays.setAll(products, i -> factor.applyAsDouble(ids[i]) * values[i]);
        return new SparseVector(ids, products);
    }

    double dot(SparseVector other) {
        double sum = 0;
        for (int i = 0, j = 0; i < ids.length && j < other.ids.length; ) {
            if (ids[i] == other.ids[j]) {
                sum += values[i] * other.values[j];
            }
            int before = ids[i];
            i += before <= other.ids[j] ? 1 : 0;
            j += other.ids[j] <= before ? 1 : 0;
        }
        return sum;
    }

    /** The numbers of another vector at the places of this one, 0 where it has none. */
    SparseVector placesOf(SparseVector other) {
        double[] theirs = new double[ids.length];
        for (int i = 0; i < ids.length; i++) {
            int found = Arrays.binarySearch(other.ids, ids[i]);
            theirs[i] = found < 0 ? 0 : other.values[found];
        }
        return new SparseVector(ids, theirs);
    }

    /** Euclidean length. */
    double length() {
        return Math.sqrt(dot(this));
    }

    /** The same direction with another length; zero stays zero. */
    SparseVector ofLength(double wanted) {
        double length = length();
        return length == 0 ? this : times(wanted / length);
    }

    /** The numbers of the largest magnitudes, of equal ones those in front. */
    SparseVector largest(int most) {
        int[] kept = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return new SparseVector(
                Arrays.stream(kept).map(i -> ids[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
    }

    /** The numbers in 32 bits. */
    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
