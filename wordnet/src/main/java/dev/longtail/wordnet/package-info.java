/** Relations between words from WordNet; a module of its own because the dictionary is larger than all of core. */
@NullMarked
package dev.longtail.wordnet;

import org.jspecify.annotations.NullMarked;
