package dev.longtail.table;

import dev.longtail.relation.FreeEntries;
import java.util.Arrays;

/** The objects that anchors are, {@link FreeEntries#NO_OBJECT} for none; no elements where no anchor is an object. */
final class AnchoredObjects {

    private AnchoredObjects() {}

    /** The same for another number of anchors, of which new ones are no objects. */
    static int[] resized(int[] objects, int anchors) {
        if (objects.length == 0) {
            return objects;
        }
        int[] resized = Arrays.copyOf(objects, anchors);
        Arrays.fill(resized, Math.min(objects.length, anchors), anchors, FreeEntries.NO_OBJECT);
        return ofAny(resized);
    }

    /**
     * The same where features are numbered anew; one that is left out is known no more.
     *
     * @param features that stay, ascending
     */
    static int[] selected(int[] objects, int[] features) {
        int[] selected = new int[objects.length];
        Arrays.setAll(selected, k -> Math.max(FreeEntries.NO_OBJECT, Arrays.binarySearch(features, objects[k])));
        return ofAny(selected);
    }

    /** One element for each anchor, where there may be none. */
    static int[] ofEach(int[] objects, int anchors) {
        int[] each = new int[anchors];
        Arrays.fill(each, FreeEntries.NO_OBJECT);
        System.arraycopy(objects, 0, each, 0, objects.length);
        return each;
    }

    /** The objects, or no elements if none is one. */
    static int[] ofAny(int[] objects) {
        boolean any = Arrays.stream(objects).anyMatch(object -> object != FreeEntries.NO_OBJECT);
        return any ? objects : new int[0];
    }
}
