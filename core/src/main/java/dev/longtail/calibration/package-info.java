/** Held-out suggestions to probabilities that come true as often as they say, and to thresholds. */
@NullMarked
package dev.longtail.calibration;

import org.jspecify.annotations.NullMarked;
