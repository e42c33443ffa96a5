/** Plots of results as PNG. */
@NullMarked
package dev.longtail.bench.figure;

import org.jspecify.annotations.NullMarked;
