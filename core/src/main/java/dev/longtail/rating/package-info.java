/** Rating files to ratings: readers, splits, numbered users and items, sets of ratings in flat arrays. */
@NullMarked
package dev.longtail.rating;

import org.jspecify.annotations.NullMarked;
