/** Why a model suggests a label or does not: contributions that add up to its score. */
@NullMarked
package dev.longtail.explain;

import org.jspecify.annotations.NullMarked;
