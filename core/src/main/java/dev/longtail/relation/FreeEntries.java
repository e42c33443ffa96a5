package dev.longtail.relation;

import dev.longtail.config.Require;
import java.util.Arrays;

/**
 * Which entries of the transform T are free of the l1 penalty because object and anchor are related: the matrix
 * 1 - S(G) of Anchor & Transform, equation 32, where S(G)[u][k] = 0 when object u and the object that anchor k is are
 * related, else 1. S itself is nearly all ones, so its complement is what is kept (appendix H). An object that is an
 * anchor is free to use itself. The masked proximal step (Algorithm 1, line 7) leaves free entries of T as they are,
 * or at 0 where they are negative, and lowers the others.
 *
 * <p>Row u is free at the anchors {@code anchors()[start(u) .. start(u + 1))}, ascending. Takes 4 bytes a free entry
 * and 4 an object. Frozen: any thread may use it.
 */
public final class FreeEntries {

    /** In place of an object where an anchor is none, as with a random vector or the mean of a cluster. */
    public static final int NO_OBJECT = -1;

    private final int anchorCount;
    private final int[] starts;
    private final int[] anchors;

    private FreeEntries(int anchorCount, int[] starts, int[] anchors) {
        this.anchorCount = anchorCount;
        this.starts = starts;
        this.anchors = anchors;
    }

    /**
     * The free entries by a graph.
     *
     * @param anchorObjects object that each anchor is, or {@link #NO_OBJECT}; such an anchor has no free entry
     * @throws IllegalArgumentException when no anchor is an object, or one is an object that the graph does not know
     */
    public static FreeEntries of(RelationGraph graph, int[] anchorObjects) {
        check(graph, anchorObjects);
        int[] starts = new int[graph.objects() + 1];
        each(graph, anchorObjects, (object, anchor) -> starts[object + 1]++);
        for (int object = 0; object < graph.objects(); object++) {
            starts[object + 1] = Math.addExact(starts[object], starts[object + 1]);
        }
        int[] next = starts.clone();
        int[] anchors = new int[starts[graph.objects()]];
        each(graph, anchorObjects, (object, anchor) -> anchors[next[object]++] = anchor);
        return new FreeEntries(anchorObjects.length, starts, anchors);
    }

    private static void check(RelationGraph graph, int[] anchorObjects) {
        Require.that(
                Arrays.stream(anchorObjects).anyMatch(object -> object != NO_OBJECT),
                "anchors",
                "objects where relations free entries of the transform from the penalty (let anchors start by"
                        + " frequency, tf-idf, random-objects or clustering around objects; unrelated pairs work with"
                        + " any)",
                anchorObjects.length + " vectors that are no object");
        for (int object : anchorObjects) {
            Require.that(
                    object >= NO_OBJECT && object < graph.objects(),
                    "object of an anchor",
                    "one of the " + graph.objects() + " of the relation graph",
                    object);
        }
    }

    /** Every free entry; anchors ascend, so those of one object do. */
    private static void each(RelationGraph graph, int[] anchorObjects, Neighbours.PairConsumer consumer) {
        Neighbours related = graph.related();
        for (int anchor = 0; anchor < anchorObjects.length; anchor++) {
            int object = anchorObjects[anchor];
            if (object == NO_OBJECT) {
                continue;
            }
            consumer.accept(object, anchor);
            int end = related.start(object) + related.count(object);
            for (int at = related.start(object); at < end; at++) {
                consumer.accept(related.ids()[at], anchor);
            }
        }
    }

    /** Number of objects, rows of T. */
    public int objects() {
        return starts.length - 1;
    }

    /** Number of anchors, columns of T. Anchors that are added later have no free entry. */
    public int anchorCount() {
        return anchorCount;
    }

    /** Place of an object's first free anchor; {@code start(objects())} is the number of free entries. */
    public int start(int object) {
        return starts[object];
    }

    /** The free anchors of all objects, the live array. */
    public int[] anchors() {
        return anchors;
    }

    /** Whether the entry of an object and an anchor is free of the penalty. */
    public boolean isFree(int object, int anchor) {
        return Arrays.binarySearch(anchors, starts[object], starts[object + 1], anchor) >= 0;
    }
}
