/** Penalties of parameters, their values and subgradients, and the proximal operators that leave exact zeros. */
@NullMarked
package dev.longtail.penalty;

import org.jspecify.annotations.NullMarked;
