/** Systems that Longtail is compared with, each trained on the same examples and measured by the same code. */
@NullMarked
package dev.longtail.bench.peer;

import org.jspecify.annotations.NullMarked;
