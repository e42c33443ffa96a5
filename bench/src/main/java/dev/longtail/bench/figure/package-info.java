/** Plots of results: one description of a figure, drawn as PNG or as SVG in a page that needs nothing else. */
@NullMarked
package dev.longtail.bench.figure;

import org.jspecify.annotations.NullMarked;
