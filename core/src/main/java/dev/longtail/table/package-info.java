/** Input tables: a vector for every feature, and how training reaches the rows that a batch touches. */
@NullMarked
package dev.longtail.table;

import org.jspecify.annotations.NullMarked;
