/**
 * Model folders: manifest, tensors, checksums, versions. Knows bytes, not models. What is read counts as hostile until
 * every check has passed; what is written is complete or not there at all. Byte-level description: FORMAT.md.
 */
@NullMarked
package dev.longtail.format;

import org.jspecify.annotations.NullMarked;
