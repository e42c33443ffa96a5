/** Labels that belong together: balanced clusters from the documents that carry them. */
@NullMarked
package dev.longtail.cluster;

import org.jspecify.annotations.NullMarked;
