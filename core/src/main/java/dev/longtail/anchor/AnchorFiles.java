package dev.longtail.anchor;

import dev.longtail.data.ReadListener;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that anchors are found with.
 *
 * @param anchors imported ones, see {@link ImportedAnchors}; null for none
 * @param vectors of the objects, see {@link VectorReader}; null for none
 * @param listener told of progress
 */
public record AnchorFiles(@Nullable Path anchors, @Nullable Path vectors, ReadListener listener) {

    /** No files. */
    public static final AnchorFiles NONE = new AnchorFiles(null, null, ReadListener.NONE);
}
