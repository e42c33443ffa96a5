/**
 * Plain functions on rankings and ratings: what a list of predictions is worth against the truth. Nothing here knows
 * how the predictions were made.
 */
@NullMarked
package dev.longtail.metrics;

import org.jspecify.annotations.NullMarked;
