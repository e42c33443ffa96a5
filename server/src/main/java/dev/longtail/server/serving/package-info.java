/** Models behind names, and the threads that ask them; knows nothing of HTTP. */
@NullMarked
package dev.longtail.server.serving;

import org.jspecify.annotations.NullMarked;
