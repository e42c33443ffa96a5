package dev.longtail.anchor;

import dev.longtail.parallel.RandomStream;
import dev.longtail.relation.FreeEntries;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An object that is an anchor has that one link, of weight 1. Any other has links to some anchors that are drawn at
 * random, all of one weight, the squares of which add up to 1: so its vector is as long as the anchors' where those are
 * random. Where it has links to all of several anchors, weights are drawn as well, since else all rows would be the
 * same: uniform in [0, sqrt(3 / links)], so that their squares add up to 1 in the mean. Nothing is stored but which
 * objects are anchors.
 */
final class RandomLinks implements FirstLinks {

    private final int anchorCount;
    private final int links;
    private final long seed;
    private final Int2IntOpenHashMap anchorOf = new Int2IntOpenHashMap();

    /** @param objects of the anchors, {@link FreeEntries#NO_OBJECT} for none */
    RandomLinks(int[] objects, int links, long seed) {
        this.anchorCount = objects.length;
        this.links = Math.min(links, objects.length);
        this.seed = seed;
        anchorOf.defaultReturnValue(-1);
        for (int anchor = 0; anchor < objects.length; anchor++) {
            if (objects[anchor] != FreeEntries.NO_OBJECT) {
                anchorOf.putIfAbsent(objects[anchor], anchor);
            }
        }
    }

    @Override
    public int most() {
        return Math.max(links, anchorOf.isEmpty() ? 0 : 1);
    }

    @Override
    public int read(int object, int[] anchors, float[] weights) {
        return own(object, anchors, weights) ? 1 : draw(object, anchors, weights);
    }

    /** Writes the one link of an object that is an anchor; false if it is none. */
    boolean own(int object, int[] anchors, float[] weights) {
        int anchor = anchorOf.get(object);
        if (anchor >= 0) {
            anchors[0] = anchor;
            weights[0] = 1;
        }
        return anchor >= 0;
    }

    private int draw(int object, int[] anchors, float[] weights) {
        SplittableRandom random = RandomStream.of(seed, 0, object);
        // Floyd's way to draw different numbers: where one is there already, the largest so far is taken.
        for (int i = 0; i < links; i++) {
            int largest = anchorCount - links + i;
            int drawn = random.nextInt(largest + 1);
            anchors[i] = contains(anchors, i, drawn) ? largest : drawn;
        }
        Arrays.sort(anchors, 0, links);
        for (int i = 0; i < links; i++) {
            boolean all = links == anchorCount && links > 1;
            weights[i] = (float) (all ? (1 - random.nextDouble()) * Math.sqrt(3.0 / links) : 1 / Math.sqrt(links));
        }
        return links;
    }

    private static boolean contains(int[] values, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }
}
