/** The {@code longtail} command: parse, call the library, print. */
@NullMarked
package dev.longtail.cli;

import org.jspecify.annotations.NullMarked;
