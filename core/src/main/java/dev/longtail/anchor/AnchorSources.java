package dev.longtail.anchor;

import dev.longtail.config.Require;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the objects that anchors are to stand for.
 *
 * @param objects how many there are
 * @param counts how often they occur, null where nobody counted
 * @param space where they lie, null where there is no space
 * @param imported anchors of a file, null for none
 */
public record AnchorSources(
        int objects,
        @Nullable ObjectCounts counts,
        @Nullable ObjectVectors space,
        @Nullable ImportedAnchors imported) {

    public AnchorSources {
        Require.that(objects >= 1, "objects", "at least 1", objects);
        check("counts", objects, counts == null ? objects : counts.objects());
        check("vectors of the space", objects, space == null ? objects : space.objects());
    }

    private static void check(String what, int objects, int given) {
        Require.that(given == objects, what, "of all " + objects + " objects", "those of " + given);
    }

    /** Objects of which nothing is known. */
    public static AnchorSources unknown(int objects) {
        return new AnchorSources(objects, null, null, null);
    }

    ObjectCounts needCounts(AnchorStrategy strategy) {
        return need(counts, "counts of the objects", strategy);
    }

    ObjectVectors needSpace(AnchorStrategy strategy) {
        return need(space, "a space of the objects", strategy);
    }

    ImportedAnchors needImported(AnchorStrategy strategy) {
        return need(imported, "a file of anchors", strategy);
    }

    private static <T> T need(@Nullable T source, String what, AnchorStrategy strategy) {
        if (source == null) {
            throw new IllegalArgumentException("anchors by strategy " + strategy + " need " + what);
        }
        return source;
    }
}
