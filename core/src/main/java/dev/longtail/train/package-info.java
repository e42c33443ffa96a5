/** The loop: the only package that knows the order of things. */
@NullMarked
package dev.longtail.train;

import org.jspecify.annotations.NullMarked;
