package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.matrix.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * A space of the objects: a vector for each, or for those that have one, in pages. Objects without a vector have zeros
 * and are no points of the space.
 */
public final class ObjectVectors {

    private final int dimension;
    private final Shards shards;
    private final List<float[]> pages = new ArrayList<>();
    private final boolean[] known;

    /** A space in which no object has a vector yet. */
    public ObjectVectors(int objects, int dimension) {
        Require.that(dimension >= 1, "dimension of a space", "at least 1", dimension);
        this.dimension = dimension;
        this.shards = Shards.of(objects, dimension);
        this.known = new boolean[objects];
        for (int shard = 0; shard < shards.count(); shard++) {
            pages.add(new float[Math.multiplyExact(shards.size(shard), dimension)]);
        }
    }

    /** Number of objects. */
    public int objects() {
        return shards.rows();
    }

    /** Length of a vector. */
    public int dimension() {
        return dimension;
    }

    /** How objects are cut into pages. */
    public Shards shards() {
        return shards;
    }

    /** The vectors of a shard's objects, the live array. */
    public float[] page(int shard) {
        return pages.get(shard);
    }

    /** Whether an object has a vector. */
    public boolean known(int object) {
        return known[object];
    }

    /** How many objects have vectors. */
    public int knownCount() {
        int count = 0;
        for (boolean one : known) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /** Gives an object a vector; different objects may be set by different threads. */
    public void set(int object, float[] values, int offset) {
        int shard = shards.of(object);
        System.arraycopy(values, offset, pages.get(shard), (object - shards.first(shard)) * dimension, dimension);
        known[object] = true;
    }

    /** Copies the vector of an object. */
    public void read(int object, float[] into, int offset) {
        int shard = shards.of(object);
        System.arraycopy(pages.get(shard), (object - shards.first(shard)) * dimension, into, offset, dimension);
    }

    /** The vectors of so many objects; those beyond the ones there are have none. */
    ObjectVectors first(int count) {
        if (count == objects()) {
            return this;
        }
        ObjectVectors first = new ObjectVectors(count, dimension);
        float[] values = new float[dimension];
        for (int object = 0; object < Math.min(count, objects()); object++) {
            if (known[object]) {
                read(object, values, 0);
                first.set(object, values, 0);
            }
        }
        return first;
    }

    /** The vectors of some objects, numbered anew from 0. */
    ObjectVectors select(int[] objects) {
        ObjectVectors selected = new ObjectVectors(objects.length, dimension);
        float[] values = new float[dimension];
        for (int i = 0; i < objects.length; i++) {
            read(objects[i], values, 0);
            selected.set(i, values, 0);
            selected.known[i] = known[objects[i]];
        }
        return selected;
    }

    /** Weights of the objects as points: 1, or 0 for one without a vector. */
    double[] weights() {
        double[] weights = new double[objects()];
        for (int object = 0; object < weights.length; object++) {
            weights[object] = known[object] ? 1 : 0;
        }
        return weights;
    }
}
