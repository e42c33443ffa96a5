/** The association arm: features to likely labels by counts alone, for a few microseconds an example. */
@NullMarked
package dev.longtail.association;

import org.jspecify.annotations.NullMarked;
