/** A value and its derivative with respect to the score. */
@NullMarked
package dev.longtail.loss;

import org.jspecify.annotations.NullMarked;
