/** The direct arm: sparse linear scorers of labels over the raw features, solved label by label. */
@NullMarked
package dev.longtail.direct;

import org.jspecify.annotations.NullMarked;
