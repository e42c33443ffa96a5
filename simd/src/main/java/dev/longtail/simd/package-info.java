/** The kernels of {@code dev.longtail.kernel} on the JDK's Vector API, with calls that JDK 17 and 25 have in common. */
@NullMarked
package dev.longtail.simd;

import org.jspecify.annotations.NullMarked;
