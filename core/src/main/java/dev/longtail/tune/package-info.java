/**
 * Settings chosen by trying them: random search with successive halving on the validation part, within a given time.
 */
@NullMarked
package dev.longtail.tune;

import org.jspecify.annotations.NullMarked;
