/** Output layers, from hidden vectors to label scores, and the topology policies of the sparse one. */
@NullMarked
package dev.longtail.output;

import org.jspecify.annotations.NullMarked;
