/** Which inputs the slots of a sparse layer are connected to: how connections start, are pruned and grow. */
@NullMarked
package dev.longtail.topology;

import org.jspecify.annotations.NullMarked;
