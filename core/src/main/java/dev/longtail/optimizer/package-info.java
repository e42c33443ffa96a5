/** Gradient to new parameters: update rules, the state they keep, and learning-rate schedules. */
@NullMarked
package dev.longtail.optimizer;

import org.jspecify.annotations.NullMarked;
