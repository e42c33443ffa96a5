/** Model folders: manifest, tensors, checksums, versions. */
@NullMarked
package dev.longtail.format;

import org.jspecify.annotations.NullMarked;
