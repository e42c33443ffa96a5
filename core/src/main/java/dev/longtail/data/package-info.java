/** Files to batches: readers, label sets with names, feature spaces, stores of encoded examples, splits and orders. */
@NullMarked
package dev.longtail.data;

import org.jspecify.annotations.NullMarked;
