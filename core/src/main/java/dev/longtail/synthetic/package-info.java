/** Made-up examples with planted structure, so that time, memory and quality can be measured at any size. */
@NullMarked
package dev.longtail.synthetic;

import org.jspecify.annotations.NullMarked;
