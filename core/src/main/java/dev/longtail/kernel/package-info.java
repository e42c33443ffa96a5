/**
 * Arithmetic on arrays: the façade {@link dev.longtail.kernel.Vectors} with its checks, the interface
 * {@link dev.longtail.kernel.Kernels} behind it, and the scalar variant that specifies every other one.
 */
@NullMarked
package dev.longtail.kernel;

import org.jspecify.annotations.NullMarked;
