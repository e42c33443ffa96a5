/** Readers given what nobody would write on purpose. */
@NullMarked
package dev.longtail.bench.fuzz;

import org.jspecify.annotations.NullMarked;
