/** Finished models whose labels come and go, and that learn from what people accept and reject. */
@NullMarked
package dev.longtail.living;

import org.jspecify.annotations.NullMarked;
