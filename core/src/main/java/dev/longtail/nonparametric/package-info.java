/** How many anchors: the Indian buffet process, the objective that it leads to, and the rule that changes their number. */
@NullMarked
package dev.longtail.nonparametric;

import org.jspecify.annotations.NullMarked;
