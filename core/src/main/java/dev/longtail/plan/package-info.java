/**
 * What a run will take before it is begun, in memory, time and disk, and which settings make it fit: counts of the data
 * and a small part of the real work, extrapolated.
 */
@NullMarked
package dev.longtail.plan;

import org.jspecify.annotations.NullMarked;
