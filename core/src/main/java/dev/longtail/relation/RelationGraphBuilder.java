package dev.longtail.relation;

import dev.longtail.config.Require;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects pairs for a {@link RelationGraph}. A pair may be named more than once and in either order. Takes about 24
 * bytes for each distinct pair at most. Used by one thread.
 */
public final class RelationGraphBuilder {

    private final int objects;
    private final Pairs related = new Pairs();
    private final Pairs unrelated = new Pairs();

    /** @param objects how many there are, at least 0 */
    public RelationGraphBuilder(int objects) {
        Require.that(objects >= 0, "objects", "at least 0", objects);
        this.objects = objects;
    }

    /** Makes two objects related; nothing where they are the same. */
    public void relate(int u, int v) {
        check(u, v);
        if (u != v) {
            related.add(Neighbours.pair(u, v));
        }
    }

    /**
     * Makes two objects unrelated.
     *
     * @throws IllegalArgumentException when they are the same
     */
    public void separate(int u, int v) {
        check(u, v);
        Require.that(u != v, "an unrelated pair", "of different objects", "object " + u + " twice");
        unrelated.add(Neighbours.pair(u, v));
    }

    private void check(int u, int v) {
        Require.that(u >= 0 && u < objects, "object", "in [0, " + objects + ")", u);
        Require.that(v >= 0 && v < objects, "object", "in [0, " + objects + ")", v);
    }

    /** A pair that was called both related and unrelated, null where there is none. */
    int @Nullable [] contradiction() {
        related.compact();
        unrelated.compact();
        int at = 0;
        for (int i = 0; i < unrelated.count; i++) {
            while (at < related.count && related.values[at] < unrelated.values[i]) {
                at++;
            }
            if (at < related.count && related.values[at] == unrelated.values[i]) {
                return new int[] {Neighbours.first(related.values[at]), Neighbours.second(related.values[at])};
            }
        }
        return null;
    }

    /**
     * The graph of the pairs so far.
     *
     * @throws IllegalArgumentException when a pair was called both related and unrelated
     */
    public RelationGraph build() {
        int[] both = contradiction();
        if (both != null) {
            throw new IllegalArgumentException(
                    "objects " + both[0] + " and " + both[1] + " are called related and unrelated; decide for one");
        }
        return new RelationGraph(
                objects,
                Neighbours.of(objects, related.values, related.count),
                Neighbours.of(objects, unrelated.values, unrelated.count));
    }

    /** A growing set of pairs; repetitions are removed whenever the array is full. */
    private static final class Pairs {
        private long[] values = new long[64];
        private int count;

        void add(long pair) {
            if (count == values.length) {
                compact();
                if (count > values.length / 4 * 3) {
                    int longer = (int) Math.min(Integer.MAX_VALUE - 8L, values.length * 2L);
                    values = Arrays.copyOf(values, longer);
                }
            }
            values[count++] = pair;
        }

        void compact() {
            Arrays.sort(values, 0, count);
            int distinct = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || values[i] != values[i - 1]) {
                    values[distinct++] = values[i];
                }
            }
            count = distinct;
        }
    }
}
