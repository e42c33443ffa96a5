/** Programs to run and to read: what the documents promise, reproduced. */
@NullMarked
package dev.longtail.examples;

import org.jspecify.annotations.NullMarked;
