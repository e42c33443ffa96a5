/** A server in a process of its own, clients that ask it, and how long its answers take. */
@NullMarked
package dev.longtail.bench.load;

import org.jspecify.annotations.NullMarked;
