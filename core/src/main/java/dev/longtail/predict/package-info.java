/** Model to answers. */
@NullMarked
package dev.longtail.predict;

import org.jspecify.annotations.NullMarked;
