/** Hyper-parameters: how they are described and checked. The first stage; it imports nothing. */
@NullMarked
package dev.longtail.config;

import org.jspecify.annotations.NullMarked;
