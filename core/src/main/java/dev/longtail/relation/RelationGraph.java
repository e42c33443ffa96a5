package dev.longtail.relation;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import java.util.SplittableRandom;

/**
 * What is known of pairs of objects (Anchor & Transform, Liang et al., ICLR 2021, appendix F): P, the pairs that are
 * related, and N, pairs that are known to be unrelated. Pairs have no direction. Every object is related to itself.
 * A pair that is in neither is not known to be anything; the paper calls all pairs outside P unrelated, see
 * {@link #withDrawnUnrelated}. Made by {@link RelationGraphBuilder}. Memory grows with the pairs that are listed, never
 * with the square of the objects. Frozen: any thread may use it.
 */
public final class RelationGraph {

    private static final int TRIES = 16;

    private final int objects;
    private final Neighbours related;
    private final Neighbours unrelated;

    RelationGraph(int objects, Neighbours related, Neighbours unrelated) {
        this.objects = objects;
        this.related = related;
        this.unrelated = unrelated;
    }

    /** Number of objects, which are 0 to objects - 1. */
    public int objects() {
        return objects;
    }

    /** Whether two objects are related; an object is, to itself. */
    public boolean related(int u, int v) {
        return u == v || related.contains(u, v);
    }

    /** Whether two objects are known to be unrelated. */
    public boolean unrelated(int u, int v) {
        return unrelated.contains(u, v);
    }

    /** P: the related pairs of different objects. */
    public Neighbours related() {
        return related;
    }

    /** N: the unrelated pairs that are listed. */
    public Neighbours unrelated() {
        return unrelated;
    }

    /**
     * What either graph knows. A pair that is related in one of them is related, whatever the other says.
     *
     * @throws IllegalArgumentException when the graphs are over different numbers of objects
     */
    public RelationGraph union(RelationGraph other) {
        Require.that(other.objects == objects, "a graph to be united", "over " + objects + " objects", other.objects);
        RelationGraphBuilder union = new RelationGraphBuilder(objects);
        related.forEach(union::relate);
        other.related.forEach(union::relate);
        addUnless(union, unrelated, other);
        addUnless(union, other.unrelated, this);
        return union.build();
    }

    private static void addUnless(RelationGraphBuilder union, Neighbours pairs, RelationGraph other) {
        pairs.forEach((u, v) -> {
            if (!other.related(u, v)) {
                union.separate(u, v);
            }
        });
    }

    /**
     * The same graph with more unrelated pairs: for each object some others, drawn at random from all that are not
     * related to it. They stand for the pairs outside P, of which there are nearly objects^2 / 2.
     *
     * @param perObject pairs drawn for each object, at least 0; it is in some that others drew, too, and has fewer when
     *                  it is related to nearly all
     */
    public RelationGraph withDrawnUnrelated(int perObject, long seed) {
        Require.that(perObject >= 0, "unrelated pairs of an object", "at least 0", perObject);
        RelationGraphBuilder more = new RelationGraphBuilder(objects);
        related.forEach(more::relate);
        unrelated.forEach(more::separate);
        for (int u = 0; u < objects; u++) {
            SplittableRandom random = RandomStream.of(seed, 0, u);
            int drawn = 0;
            for (int attempt = 0; drawn < perObject && attempt < (long) TRIES * perObject; attempt++) {
                int v = random.nextInt(objects);
                if (!related(u, v)) {
                    more.separate(u, v);
                    drawn++;
                }
            }
        }
        return more.build();
    }
}
