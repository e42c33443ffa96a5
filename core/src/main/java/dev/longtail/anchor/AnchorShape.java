package dev.longtail.anchor;

import dev.longtail.config.Require;

/**
 * How large a start is.
 *
 * @param anchors how many, at least 1
 * @param links anchors that an object is linked to at first, at least 0, as far as there are so many: the nearest where
 *              the space is known, otherwise random ones
 */
public record AnchorShape(int anchors, int links) {

    public AnchorShape {
        Require.that(anchors >= 1, "anchors", "at least 1", anchors);
        Require.that(links >= 0, "links", "at least 0", links);
    }
}
