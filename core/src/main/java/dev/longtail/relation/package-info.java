/** Which objects belong together: graphs of related and unrelated pairs, from files or from counted neighbourhoods. */
@NullMarked
package dev.longtail.relation;

import org.jspecify.annotations.NullMarked;
