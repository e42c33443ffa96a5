/** How many anchors: the Indian buffet process, its limit as an objective, and the rule that changes the number. */
@NullMarked
package dev.longtail.nonparametric;

import org.jspecify.annotations.NullMarked;
