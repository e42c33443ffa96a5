/** Grids of runs of the command: cells to results, results to tables and figures. */
@NullMarked
package dev.longtail.bench.ablation;

import org.jspecify.annotations.NullMarked;
