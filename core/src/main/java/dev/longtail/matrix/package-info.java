/** Shapes of data: sparse batches, label rows with fixed fan-in or dense, tensors, and how rows are cut into shards. */
@NullMarked
package dev.longtail.matrix;

import org.jspecify.annotations.NullMarked;
