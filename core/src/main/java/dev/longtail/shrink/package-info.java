/** Finished models made smaller: fewer bits, fewer features, fewer connections. */
@NullMarked
package dev.longtail.shrink;

import org.jspecify.annotations.NullMarked;
