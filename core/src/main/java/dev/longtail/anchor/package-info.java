/** Counts, vectors and files to the anchors that a table starts from, and to the first links of objects to them. */
@NullMarked
package dev.longtail.anchor;

import org.jspecify.annotations.NullMarked;
