/** Work in parallel with results that do not depend on the number of threads. */
@NullMarked
package dev.longtail.parallel;

import org.jspecify.annotations.NullMarked;
