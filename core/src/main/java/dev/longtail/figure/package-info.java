/**
 * Plots of results as SVG in pages that need nothing else: no script, no file, no network. Knows nothing of what it
 * draws.
 */
@NullMarked
package dev.longtail.figure;

import org.jspecify.annotations.NullMarked;
